package org.azekura.storagenode.cartridge.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.storagenode.cartridge.blob.Content;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pack that is durable in the spool. On its way to the tape its content is read once, in order, by one thread, and compared with its checksum; whoever
 * else reads it does so beside that.
 */
public final class JournalPack implements Content {

    private static final Logger LOG = LoggerFactory.getLogger(JournalPack.class);

    private static final int PIECE = 1 << 20;

    private final Path file;
    private final PackTrailer trailer;
    private final long since;
    private final LongConsumer read;
    private final CRC32C sum = new CRC32C();
    private FileChannel channel;
    private long next;
    private volatile boolean damaged;
    private volatile BackupException problem;

    /**
     * @param since when it became durable, by the clock of the store
     * @param read  told how many bytes were read on their way to the tape
     */
    JournalPack(Path file, PackTrailer trailer, long since, LongConsumer read) {
        this.file = file;
        this.trailer = trailer;
        this.since = since;
        this.read = read;
    }

    Path file() {
        return file;
    }

    public String key() {
        return trailer.key();
    }

    long number() {
        return trailer.number();
    }

    /** Whether it takes the place of what lies on tape under its name; else it is there already if anything is. */
    public boolean replaces() {
        return trailer.replaces();
    }

    long since() {
        return since;
    }

    @Override
    public long size() {
        return trailer.size();
    }

    /** Whether what was read of it is not what was written. */
    boolean isDamaged() {
        return damaged;
    }

    /** Why it could not be read; null if it could. */
    BackupException problem() {
        return problem;
    }

    /** The next bytes for the tape; the first ones again if that begins anew. */
    @Override
    public void read(long offset, ByteBuffer into) throws BackupException {
        if (offset == 0) {
            sum.reset();
            next = 0;
            problem = null;
        }
        int from = into.position();
        int length = into.remaining();
        boolean opened = channel != null;
        try {
            if (channel == null) {
                channel = FileChannel.open(file, StandardOpenOption.READ);
                opened = true;
            }
            fill(channel, offset, into);
        } catch (IOException e) {
            done();
            BackupException why = Trouble.files(e, file, "read pack " + key() + " at byte " + offset);
            // What keeps a file that is there from being opened may pass.
            problem = opened || e instanceof NoSuchFileException ? why : null;
            throw why;
        }
        read.accept(length);
        if (next == offset) {
            sum.update(into.slice(from, length));
            next += length;
        }
        if (offset + length == size()) {
            damaged = next != size() || (int) sum.getValue() != trailer.checksum();
            done();
        }
    }

    /**
     * Reads all of it, and compares it with its checksum.
     *
     * @return what is wrong with it; null if nothing is
     * @throws BackupException it can't be read at the moment
     */
    String fault() throws BackupException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        try {
            for (long at = 0; at < size(); at += piece.limit()) {
                read(at, piece.clear().limit((int) Math.min(PIECE, size() - at)));
            }
        } catch (BackupException e) {
            if (problem == null) {
                throw e;
            }
            return e.getMessage();
        }
        return damaged ? file + " has other bytes of " + key() + " than were written" : null;
    }

    private static void fill(FileChannel from, long offset, ByteBuffer into) throws IOException {
        for (long at = offset; into.hasRemaining();) {
            int got = from.read(into, at);
            if (got < 0) {
                throw new IOException("the file ends at byte " + at);
            }
            at += got;
        }
    }

    /** It is not read any more for the time being. */
    void done() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("{}: {}", file, e.toString());
            }
        }
    }

    /** As {@link org.azekura.api.device.BlobStore#read}; -1 if it has gone from the spool meanwhile. Any thread. */
    public int peek(long offset, ByteBuffer into) throws BackupException {
        int length = Math.clamp(size() - offset, 0, into.remaining());
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer part = into.slice(into.position(), length);
            fill(from, offset, part);
            into.position(into.position() + length);
            return length;
        } catch (NoSuchFileException e) {
            return -1;
        } catch (IOException e) {
            throw Trouble.files(e, file, "read pack " + key());
        }
    }
}
