package org.azekura.storagenode.cartridge.volume;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.device.Position;
import org.azekura.engine.tape.TapeBlock;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.azekura.storagenode.cartridge.note.Noted;

/**
 * Reads blobs ahead of a drive, which so never waits for a disk for a moment: it gets the first block when much has been read, and if it was too quick, the
 * next one only when there is much again, for each stop costs the same. The disk is read in long runs, too, so that those who write on it are not disturbed
 * all the time. One thread takes, one of its own reads.
 */
final class Feed implements AutoCloseable {

    /** Less is read as it is needed. */
    private static final long LEAST = 4L << 20;
    private static final Position NOWHERE = new Position(0, "");

    /** A block that was read. */
    private record Read(Waiting of, int index, BackupException problem) {}

    private final List<Waiting> blobs;
    private final Set<Waiting> all;
    private final int payload;
    private final Ring ring;
    private final Read[] read;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread reader;
    /** Blocks that were filled and given back, ever. */
    private long filled;
    private long given;
    private boolean rests;
    private boolean flows;
    private boolean ended;
    private boolean stopped;
    private int underruns;
    /** Of the thread that takes. */
    private boolean has;

    private Feed(List<Waiting> blobs, long bytes, int payload) {
        this.blobs = blobs;
        this.all = Set.copyOf(blobs);
        this.payload = payload;
        this.ring = new Ring(bytes + (long) blobs.size() * TapeBlock.MAX);
        this.read = new Read[ring.blocks()];
        this.reader = Thread.ofPlatform().daemon().name("reads ahead of a drive").start(this::run);
    }

    /**
     * Begins to read those that are blobs and are not done; null if that is little.
     *
     * @param payload of each block
     */
    static Feed of(List<Waiting> batch, int payload) {
        List<Waiting> blobs = batch.stream().filter(one -> !one.isDeletion() && !one.isDone()).toList();
        long bytes = blobs.stream().mapToLong(Waiting::size).sum();
        return bytes < LEAST ? null : new Feed(blobs, bytes, payload);
    }

    /** Whether this is one of those that are read. */
    boolean reads(Waiting blob) {
        return all.contains(blob);
    }

    private void run() {
        try {
            for (Waiting blob : blobs) {
                Noted shape = new Noted(blob.key(), false, 1, 1, payload, blob.size(), NOWHERE);
                for (int i = 0; i < shape.blocks(); i++) {
                    ByteBuffer block = awaitRoom();
                    if (block == null) {
                        return;
                    }
                    BackupException problem = fill(block, blob, shape, i);
                    put(new Read(blob, i, problem));
                    if (problem != null) {
                        break;
                    }
                }
            }
        } finally {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private static BackupException fill(ByteBuffer block, Waiting blob, Noted shape, int index) {
        int before = index == 0 ? shape.head().length() : 0;
        block.clear().limit(TapeBlock.HEADER + before + shape.content(index)).position(TapeBlock.HEADER + before);
        try {
            blob.content().read(shape.offset(index), block);
            return null;
        } catch (BackupException e) {
            return e;
        } catch (RuntimeException e) {
            return BackupException.bug("reading " + blob.key(), e);
        }
    }

    /** Null if nobody wants it any more. */
    private ByteBuffer awaitRoom() {
        lock.lock();
        try {
            rests = filled - given == read.length;
            while (!stopped && (filled - given == read.length || rests && filled - given > read.length / 2)) {
                changed.awaitUninterruptibly();
            }
            return stopped ? null : ring.block((int) (filled % read.length));
        } finally {
            lock.unlock();
        }
    }

    private void put(Read one) {
        lock.lock();
        try {
            read[(int) (filled++ % read.length)] = one;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The block with this index of a blob: room for the header and, in the first, for the blob's head, then content to the limit. It is good until the
     * next call. What stands before it is passed over.
     */
    ByteBuffer take(Waiting blob, int index) throws BackupException {
        for (Read next = next(); ; next = next()) {
            if (next.of == blob && next.index == index) {
                if (next.problem != null) {
                    throw next.problem;
                }
                return ring.block((int) (given % read.length));
            }
        }
    }

    private Read next() throws BackupException {
        lock.lock();
        try {
            if (has) {
                given++;
                changed.signalAll();
            }
            has = false;
            if (filled == given && flows && !ended) {
                flows = false;
                underruns++;
            }
            while (!ended && !flows && filled - given < read.length - read.length / 4) {
                changed.awaitUninterruptibly();
            }
            flows = true;
            if (filled == given) {
                throw BackupException.bug("a block was asked for that nobody has read", null);
            }
            has = true;
            return read[(int) (given % read.length)];
        } finally {
            lock.unlock();
        }
    }

    /** How often the drive was quicker than the disk. */
    int underruns() {
        lock.lock();
        try {
            return underruns;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        ring.close();
    }
}
