package org.azekura.driver.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.common.SftpException;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.api.device.Terms;
import org.azekura.api.device.Traffic;

/**
 * Keeps each blob in a file of the server whose path below the root is its key. Files have the mode 0600, folders 0700. What does not look like a key is not
 * ours: it is neither listed nor touched.
 */
final class SftpStore implements BlobStore, AutoCloseable {

    /** Another place, whatever the disk there is; how far it is nobody has said, so it is a guess that a way of some hundred kilometres makes good. */
    static final Terms TERMS = new Terms(Terms.Medium.CLOUD, Duration.ofMillis(100), -1, 0, 0);
    /** Where a file system has less, and refuses to take more, it is full. */
    private static final long LITTLE = 4 << 20;

    private final Setup setup;
    private final Lines lines;
    private final Folders folders;
    private final Drafts drafts;
    private final Object renaming = new Object();
    /** Of the server that was met last; null before. */
    private volatile Capabilities known;

    /** The server is not asked before the first call. */
    SftpStore(Setup setup) {
        this.setup = setup;
        lines = new Lines(setup, this::greet);
        folders = new Folders(setup.path());
        drafts = new Drafts(setup.path());
    }

    private void greet(Line line) throws IOException, BackupException {
        Root.make(line, setup, folders, known != null);
        folders.forget();
        drafts.clear(line);
        known = new Capabilities(line.has(Extension.FSYNC), true, line.has(Extension.REPLACE), Set.of());
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        BlobKeys.check(key);
        return begin(key, this::give, true);
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        BlobKeys.check(key);
        return begin(key, this::replace, false);
    }

    private BlobWriter begin(String key, SftpWriter.Place place, boolean isNew) throws BackupException {
        String doing = "create " + key;
        Line line = lines.take(doing);
        SftpWriter writer = null;
        try {
            if (isNew && line.attributesIfThere(line.ask(Request.lstat(setup.at(key)))) != null) {
                throw SftpFault.exists(key, setup);
            }
            if (!isNew && !line.has(Extension.REPLACE)) {
                return BlobStore.super.replace(key);
            }
            writer = new SftpWriter(this, key, place, line, drafts.create(line));
            return writer;
        } catch (IOException e) {
            throw faultOfWrite(line, e, key);
        } finally {
            if (writer == null) {
                line.users.decrementAndGet();
            }
        }
    }

    /** A second name is given to nobody else's file; where there are none, a plain rename, which OpenSSH's server refuses where others replace. */
    private void give(Line line, String draft, String key) throws IOException, BackupException {
        String file = setup.at(key);
        folders.make(line, Folders.above(file));
        if (!(line.has(Extension.LINK) && link(line, draft, file))) {
            synchronized (renaming) {
                if (line.attributesIfThere(line.ask(Request.lstat(file))) != null) {
                    throw SftpFault.exists(key, setup);
                }
                line.run(Request.rename(draft, file));
            }
        }
        folders.sync(line, Folders.above(file));
    }

    /** False if it does not work here, or the name is taken. */
    private static boolean link(Line line, String draft, String file) throws IOException {
        try {
            line.run(Request.extended(Extension.LINK, draft, file));
            return true;
        } catch (SftpException e) {
            return false;
        }
    }

    private void replace(Line line, String draft, String key) throws IOException {
        String file = setup.at(key);
        folders.make(line, Folders.above(file));
        line.run(Request.extended(Extension.REPLACE, draft, file));
        folders.sync(line, Folders.above(file));
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        String path = setup.at(BlobKeys.check(key));
        int read = lines.call("read " + key, line -> Reading.read(line, path, offset, into));
        if (read < 0) {
            throw SftpFault.missing(key, setup);
        }
        return read;
    }

    @Override
    public long size(String key) throws BackupException {
        String path = setup.at(BlobKeys.check(key));
        return lines.call("look for " + key, line -> {
            Attributes there = line.attributesIfThere(line.ask(Request.lstat(path)));
            return there != null && there.isRegularFile() ? there.getSize() : -1;
        });
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        BlobKeys.checkPrefix(prefix);
        lines.call("list " + (prefix.isEmpty() ? "blobs" : prefix), line -> {
            Listing.blobs(line, setup.path(), prefix, each);
            return null;
        });
    }

    @Override
    public void delete(String key) throws BackupException {
        String path = setup.at(BlobKeys.check(key));
        lines.call("delete " + key, line -> {
            try {
                line.run(Request.remove(path));
            } catch (SftpException e) {
                Attributes there = line.attributesIfThere(line.ask(Request.lstat(path)));
                if (there != null && there.isRegularFile()) {
                    throw e;
                }
            }
            // Also if it was gone: a run that was killed may have removed the name without syncing it.
            folders.sync(line, Folders.above(path));
            return null;
        });
    }

    @Override
    public Space space() throws BackupException {
        return lines.call("ask for the free space", this::space);
    }

    private Space space(Line line) throws IOException {
        if (!line.has(Extension.ROOM)) {
            return new Space(-1, -1);
        }
        long[] room = line.room(line.ask(Request.extended(Extension.ROOM, setup.path())));
        return room[0] < 0 || room[1] < 0 || room[1] > room[0] ? new Space(-1, -1) : new Space(room[0], room[1]);
    }

    @Override
    public Optional<String> place() throws BackupException {
        return lines.call("tell which folder this is", line -> SftpPlace.of(line, setup.path()));
    }

    @Override
    public void remake(String place) throws BackupException {
        BlobStore.super.remake(place);
        lines.call("make the folder", line -> {
            Root.make(line, setup, folders, false);
            folders.forget();
            return null;
        });
    }

    @Override
    public String location() {
        return setup.location();
    }

    /** Of the server, if it was met; else it is asked. */
    @Override
    public Capabilities capabilities() {
        if (known == null) {
            try {
                space();
            } catch (BackupException e) {
                return new Capabilities(false, true);
            }
        }
        return known;
    }

    @Override
    public Optional<Traffic> traffic() {
        return Optional.of(lines.meter().traffic());
    }

    @Override
    public Terms terms() {
        return TERMS;
    }

    @Override
    public void close() {
        lines.close();
    }

    /** @throws BackupException {@code device.closed} */
    void requireOpen() throws BackupException {
        lines.requireOpen();
    }

    /** The server has one word for a full disk and for everything else that fails: so it is asked for its room. */
    BackupException faultOfWrite(Line line, IOException e, String key) {
        String doing = "write " + key;
        BackupException fault = lines.fault(line, e, doing);
        if (e instanceof SftpException answer && fault.failure().code().equals("device.io")) {
            try {
                Space room = space();
                if (room.free() >= 0 && room.free() < LITTLE) {
                    return SftpFault.full(answer, setup, SftpFault.doing(doing, setup));
                }
            } catch (BackupException unknown) {
                fault.addSuppressed(unknown);
            }
        }
        return fault;
    }
}
