package org.azekura.storagenode.client;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.device.BlobStore;
import org.azekura.api.device.Terms;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.pool.ChunkRead;

/**
 * Chunks in the order asked, those together that lie side by side in a pack: where each request is waited for, or paid, they are read by one. A run is read into
 * memory whole, so all runs of this process share {@link #ROOM_BYTES}; where that is taken, chunks are read one by one. One thread.
 */
final class Neighbours implements AutoCloseable {

    /** Of one request. */
    static final int RUN_BYTES = 8 << 20;
    /** Of a device with a bound: as much as it gives in that time. Three runs of each of several streams share the bound, and none of them may take minutes. */
    static final int RUN_SECONDS = 8;
    /** What is read and thrown away rather than to ask twice: less than a line brings in the time of an answer. */
    static final int GAP_BYTES = 64 << 10;
    static final int ROOM_BYTES = 48 << 20;
    private static final Semaphore ROOM = new Semaphore(ROOM_BYTES);

    private final Semaphore room;
    private final Iterator<ChunkId> chunks;
    private final Places places;
    /** Of one request, 0 where each chunk has its own. */
    private final int runBytes;
    /** Bytes of the room that this one's runs have. */
    private int taken;
    /** The first of the run that comes next; null behind the last. */
    private Wanted next;

    /** Where a chunk may be read, the best place first. */
    @FunctionalInterface
    interface Places {
        List<ChunkIndex.Found> of(ChunkId chunk) throws BackupException;
    }

    record Wanted(ChunkId chunk, List<ChunkIndex.Found> places) {

        /** Null if there is none. */
        private ChunkIndex.Found best() {
            return places.isEmpty() ? null : places.getFirst();
        }

        private long end() {
            return (long) best().offset() + best().length();
        }

        private boolean isFollowedBy(Wanted other) {
            if (best() == null || other.best() == null || !best().pack().id().equals(other.best().pack().id())) {
                return false;
            }
            long gap = other.best().offset() - end();
            return gap >= 0 && gap <= GAP_BYTES;
        }
    }

    /** One request, unless it is of one chunk, which may lie in several places or in none. To be closed when nothing of it is needed any more. */
    final class Run implements AutoCloseable {

        private final List<Wanted> wanted;
        private int bytes;

        private Run(List<Wanted> wanted, int bytes) {
            this.wanted = wanted;
            this.bytes = bytes;
        }

        List<Wanted> wanted() {
            return wanted;
        }

        /** Of each chunk its frame; null where this way gave none, whatever the reason: then it is to be read alone. */
        List<ByteBuffer> read(BlobStore store) throws BackupException {
            return ChunkRead.joined(store, wanted.stream().map(Wanted::best).toList());
        }

        @Override
        public void close() {
            room.release(bytes);
            taken -= bytes;
            bytes = 0;
        }
    }

    /** @param terms of the device that it all lies on */
    Neighbours(Iterator<ChunkId> chunks, Places places, Terms terms) throws BackupException {
        this(chunks, places, terms, ROOM);
    }

    /** @param room bytes that it shares with others */
    Neighbours(Iterator<ChunkId> chunks, Places places, Terms terms, Semaphore room) throws BackupException {
        this.room = room;
        this.chunks = chunks;
        this.places = places;
        this.runBytes = runBytes(terms);
        next = look();
    }

    /** Whether a request costs something by itself. */
    static boolean isDear(Terms terms) {
        return !terms.firstByte().isZero() || terms.microsPerThousand() > 0;
    }

    private static int runBytes(Terms terms) {
        if (!isDear(terms)) {
            return 0;
        }
        long second = terms.bytesPerSecond();
        return second < 0 || second > RUN_BYTES ? RUN_BYTES : (int) Math.min(RUN_BYTES, second * RUN_SECONDS);
    }

    private Wanted look() throws BackupException {
        if (!chunks.hasNext()) {
            return null;
        }
        ChunkId chunk = chunks.next();
        return new Wanted(chunk, places.of(chunk));
    }

    boolean hasNext() {
        return next != null;
    }

    Run next() throws BackupException {
        int most = room.tryAcquire(runBytes) ? runBytes : 0;
        taken += most;
        List<Wanted> run = new ArrayList<>();
        do {
            run.add(next);
            next = look();
        } while (next != null && run.getLast().isFollowedBy(next) && bytes(run.getFirst(), next) <= most);
        int needed = run.size() == 1 ? 0 : bytes(run.getFirst(), run.getLast());
        room.release(most - needed);
        taken -= most - needed;
        return new Run(run, needed);
    }

    private static int bytes(Wanted first, Wanted last) {
        return first.best() == null ? 0 : (int) (last.end() - first.best().offset());
    }

    @Override
    public void close() {
        room.release(taken);
        taken = 0;
    }
}
