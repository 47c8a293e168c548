package org.azekura.storagenode.cartridge;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobKeys;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.BlobWriter;
import org.azekura.storagenode.cartridge.blob.BlobPlace;
import org.azekura.storagenode.cartridge.blob.Keys;
import org.azekura.storagenode.cartridge.blob.Spooled;
import org.azekura.storagenode.cartridge.blob.Trouble;
import org.azekura.storagenode.cartridge.blob.Turns;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.set.MediaSet;
import org.azekura.storagenode.cartridge.set.Shelf;
import org.azekura.storagenode.cartridge.spool.Buffered;
import org.azekura.storagenode.cartridge.spool.Drain;
import org.azekura.storagenode.cartridge.spool.Journal;
import org.azekura.storagenode.cartridge.spool.JournalPack;
import org.azekura.storagenode.cartridge.spool.SpoolWriter;

/**
 * The cartridges of a pool, as a store of blobs; what waits in front of them is there, too.
 *
 * <p>What takes the place of a blob is durable on a disk first, and what is read from then on; then the old one is deleted on tape and the new one written, with one sync;
 * then its file goes. So there is one of the two whenever this is cut off.
 */
record PoolStore(Shelf shelf, MediaSet set, Turns turns, Drain drain) implements BlobStore, Buffered {

    static final Capabilities CAPABILITIES = new Capabilities(true, true, true, Set.of());

    private void check(String key) throws BackupException {
        BlobKeys.check(key);
        shelf.requireOpen();
    }

    /** Null if nothing waits, or nothing can, for there is no volume. */
    private Journal journal() throws BackupException {
        return drain.journal();
    }

    private JournalPack waiting(String key) throws BackupException {
        Journal journal = journal();
        return journal == null ? null : journal.get(key);
    }

    @Override
    public BlobWriter create(String key) throws BackupException {
        check(key);
        if (waiting(key) != null) {
            throw Trouble.taken(location(), key);
        }
        set.requireFree(key);
        Journal journal = journal();
        if (journal != null && drain.takes(key)) {
            return new SpoolWriter(drain, journal, key);
        }
        Spooled content = shelf.spool().begin();
        set.begun();
        return new CartridgeWriter(this, key, content);
    }

    @Override
    public BlobWriter replace(String key) throws BackupException {
        if (size(key) < 0) {
            return create(key);
        }
        Journal journal = key.equals(Keys.LABEL) ? null : drain.made();
        if (journal == null) {
            throw Trouble.taken(location(), key); // a cartridge has one label, and before it comes nothing is there that lasts
        }
        return new SpoolWriter(drain, journal, key, true);
    }

    /** Returns when it is on the set, with everything that was durable before. */
    void write(Waiting one) throws BackupException {
        if (journal() == null || isAlone(one)) {
            turns.write(location(), one, set::write);
        } else {
            drain.fence(one);
        }
    }

    /**
     * What a device is tried with says nothing, and must not wait for hours of packs. A manifest that goes says nothing of them any more, and must go also
     * where there is no room for them: else none would ever be won. Unless it waits itself, in the place of another: what overtakes that is undone by it.
     */
    private boolean isAlone(Waiting one) throws BackupException {
        return Keys.isProbe(one.key()) || one.isDeletion() && Keys.countsOnPacks(one.key()) && waiting(one.key()) == null;
    }

    @Override
    public int read(String key, long offset, ByteBuffer into) throws BackupException {
        check(key);
        int got = peek(key, offset, into);
        if (got >= 0) {
            return got;
        }
        try {
            return set.read(key, offset, into);
        } catch (BackupException e) {
            // Another has come to take its place since the look, and it was deleted on tape already.
            got = Trouble.is(e, "blob.missing") ? peek(key, offset, into) : -1;
            if (got < 0) {
                throw e;
            }
            return got;
        }
    }

    private int peek(String key, long offset, ByteBuffer into) throws BackupException {
        JournalPack waiting = waiting(key);
        return waiting == null ? -1 : waiting.peek(offset, into);
    }

    /** Where a blob lies on tape; empty if it does not, or waits to be written there. */
    Optional<BlobPlace> place(String key) throws BackupException {
        return waiting(key) == null ? set.place(key) : Optional.empty();
    }

    @Override
    public long size(String key) throws BackupException {
        check(key);
        JournalPack waiting = waiting(key);
        return waiting == null ? set.size(key) : waiting.size();
    }

    @Override
    public void list(String prefix, Consumer<Blob> each) throws BackupException {
        BlobKeys.checkPrefix(prefix);
        shelf.requireOpen();
        Map<String, Blob> waiting = new LinkedHashMap<>();
        Journal journal = journal();
        if (journal != null) {
            for (JournalPack pack : journal.packs()) {
                if (pack.key().startsWith(prefix)) {
                    waiting.put(pack.key(), new Blob(pack.key(), pack.size()));
                }
            }
        }
        // One that gets to tape meanwhile is in both, and told once.
        set.list(prefix, blob -> {
            if (!waiting.containsKey(blob.key())) {
                each.accept(blob);
            }
        });
        waiting.values().forEach(each);
    }

    @Override
    public void delete(String key) throws BackupException {
        check(key);
        if (size(key) >= 0) {
            write(new Waiting(key, null));
        }
    }

    @Override
    public Space space() throws BackupException {
        shelf.requireOpen();
        Space space = set.space();
        Journal journal = journal();
        return journal == null || space.free() < 0 ? space : new Space(space.capacity(), Math.max(0, space.free() - journal.bytes()));
    }

    @Override
    public void begin() throws BackupException {
        if (journal() != null) {
            drain.begin();
        }
    }

    @Override
    public Mark mark() throws BackupException {
        return journal() == null ? new Mark(0, 0, this) : drain.mark();
    }

    @Override
    public boolean isOnTape(Mark mark, Duration atMost) throws BackupException {
        return journal() == null || drain.isOnTape(mark, atMost);
    }

    @Override
    public boolean hasRoom(Duration atMost) throws BackupException {
        return journal() == null || drain.hasRoom(atMost);
    }

    @Override
    public boolean replaces(String key) throws BackupException {
        JournalPack waiting = waiting(key);
        return waiting != null && waiting.replaces();
    }

    @Override
    public long progress() {
        return set.steps() + drain.progress();
    }

    @Override
    public String location() {
        return set.where();
    }

    @Override
    public void selfTest() throws BackupException {
        shelf.requireOpen();
        shelf.library().selfTest();
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    /** The library is not served any more. */
    void close() {
        drain.close();
        set.close();
    }
}
