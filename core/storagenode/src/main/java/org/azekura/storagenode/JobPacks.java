package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.NodeReport;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.SealedSession;
import org.azekura.storagenode.index.JobPins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one job writes: frames in, durable packs out, each reported to the server. Packs are committed beside the writing of the
 * next ones. While the device pauses, what is in the making is finished early and frames wait. The first failure is final: packs in the making are dropped, and every later call throws it again.
 */
final class JobPacks {

    /** A pack is finished as soon as it has so many bytes, or so many chunks. */
    static final int TARGET_BYTES = 32 << 20;
    static final int TARGET_CHUNKS = 1 << 14;
    /**
     * What was taken in and is not durable, in all packs of the job: so much a job that is cut off sends again at most, with what a
     * transport has on its way ({@code 64 MiB} in all).
     */
    static final long MAX_UNSAFE_BYTES = 56 << 20;
    /** With every so many packs of data the pack of tree pages is finished too, so that a client can count on both up to there. */
    private static final int TREES_EVERY = 2;
    /** Packs that are being committed and reported at once. Fewer than a device has threads: the next pack is written meanwhile. */
    private static final int MAX_FINISHING = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(JobPacks.class);

    /** Tells the server of a durable pack and waits until it has it. */
    @FunctionalInterface
    interface Reports {
        void packWritten(NodeReport.PackWritten report) throws BackupException;
    }

    private record Open(ChunkKind kind, SessionId session) {}

    /** Whom a durable pack is told to: a frame of a stream is in it. */
    private record Slip(Receipts receipts, long frame) {}

    private final JobId job;
    private final Pool pool;
    private final TrustGroup group;
    private final JobPins pins;
    private final Reports reports;
    private final PackEntries entries;
    private final DeviceGate.Writer pausing = this::finishEarly;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Open, PackInMaking> open = new HashMap<>();
    /** Chunks in packs that are not yet in the index. A chunk leaves only after it was entered there. */
    private final Map<ChunkId, PackInMaking> onTheWay = new ConcurrentHashMap<>();
    private final Map<PackInMaking, List<Slip>> slips = new HashMap<>();
    private int finishing;
    private long finishingBytes;
    private int dataPacks;
    private int streams;
    private long stored;
    private volatile BackupException failure;
    /** Null until a client may store. */
    private Allowances.Share share;

    JobPacks(JobId job, Pool pool, TrustGroup group, JobPins pins, Reports reports, PackEntries entries) {
        this.job = job;
        this.pool = pool;
        this.group = group;
        this.pins = pins;
        this.reports = reports;
        this.entries = entries;
    }

    /** A client may store, within its share. */
    void allow(Allowances.Share within) {
        lock.lock();
        try {
            share = within;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the chunk need not be sent for this job. If it need not, its pack stays until the job ends. Does not wait for the lock,
     * that is for the device.
     */
    boolean known(ChunkId chunk) throws BackupException {
        check();
        return onTheWay.containsKey(chunk) || pool.index().known(pins, group, chunk);
    }

    /** A data stream of this job begins or ends; {@link #flush} waits for its end. */
    void streams(int more) {
        lock.lock();
        try {
            streams += more;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes one frame; drops it if its chunk is there already.
     *
     * @param receipts of the stream it came on
     * @throws BackupException the job's failure, now or before
     */
    void take(SealedSession session, ByteBuffer bytes, Receipts receipts) throws BackupException {
        lock.lock();
        try {
            check();
            try {
                Frame frame = Frame.parse(bytes);
                ChunkId chunk = frame.header().id();
                if (!frame.header().session().equals(session.session())) {
                    throw BackupException.corrupt("frame.session", chunk.toString(), "chunk " + chunk + " is sealed by session "
                            + frame.header().session() + ", expected the stream's " + session.session());
                }
                long number = receipts.take();
                if (!onTheWay.containsKey(chunk) && !pool.index().known(pins, group, chunk)) {
                    write(session, frame, bytes);
                }
                PackInMaking pack = onTheWay.get(chunk);
                if (pack == null) {
                    receipts.durable(number);
                } else {
                    slips.computeIfAbsent(pack, p -> new ArrayList<>()).add(new Slip(receipts, number));
                }
            } catch (BackupException e) {
                fail(e);
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(SealedSession session, Frame frame, ByteBuffer bytes) throws BackupException {
        share.take(bytes.remaining());
        holdOn();
        makeSafe(bytes.remaining());
        Open key = new Open(frame.header().kind(), session.session());
        PackInMaking pack = open.get(key);
        if (pack == null) {
            pool.gate().add(pausing);
            pack = PackInMaking.begin(pool.device(), key.kind, group, List.of(session));
            open.put(key, pack);
        }
        pack.append(frame.header(), bytes);
        onTheWay.put(frame.header().id(), pack);
        entries.add();
        if (pack.size() >= TARGET_BYTES || pack.chunks() >= TARGET_CHUNKS || entries.areEnough(pack)) {
            open.remove(key);
            finish(pack);
            PackInMaking trees = key.kind == ChunkKind.DATA && ++dataPacks % TREES_EVERY == 0 ? open.remove(new Open(ChunkKind.TREE, key.session)) : null;
            if (trees != null) {
                finish(trees);
            }
        }
    }

    /** Waits, with the lock given free, while the device pauses. */
    private void holdOn() throws BackupException {
        while (pool.gate().isPaused() && failure == null) {
            lock.unlock();
            try {
                pool.gate().awaitOpen("take what job " + job + " writes");
            } finally {
                lock.lock();
            }
        }
        check();
    }

    /** The device is to pause: what is in the making becomes durable, however small it is. */
    private void finishEarly() {
        Thread.ofVirtual().name("job " + job + " finishes packs early").start(() -> {
            lock.lock();
            try {
                finishOpen();
            } catch (BackupException e) {
                fail(e);
            } finally {
                lock.unlock();
            }
        });
    }

    private void finishOpen() throws BackupException {
        while (!open.isEmpty()) {
            finish(open.remove(open.keySet().iterator().next()));
        }
    }

    /** Waits until so many more bytes may be unsafe. */
    private void makeSafe(int more) throws BackupException {
        while (unsafe() + more > MAX_UNSAFE_BYTES) {
            if (finishing == 0) {
                Open largest = Collections.max(open.keySet(), Comparator.comparing(key -> open.get(key).size()));
                finish(open.remove(largest));
            }
            await(() -> finishing == 0 || unsafe() + more <= MAX_UNSAFE_BYTES, "packs to become durable");
            check();
        }
    }

    private long unsafe() {
        return finishingBytes + open.values().stream().mapToLong(PackInMaking::size).sum();
    }

    private void finish(PackInMaking pack) throws BackupException {
        try {
            await(() -> finishing < MAX_FINISHING, "a pack to become durable");
            check();
        } catch (BackupException e) {
            drop(pack);
            throw e;
        }
        finishing++;
        long size = pack.size();
        finishingBytes += size;
        Thread.ofVirtual().name("job " + job + " finishes pack " + pack.id()).start(() -> complete(pack, size));
    }

    private void complete(PackInMaking pack, long counted) {
        try {
            pack.commit();
            Instant written = Instant.now();
            try {
                reports.packWritten(pack.report(job, pool.label().volume(), written));
            } finally {
                // Durable is durable: also when the server could not be told. It asks for all packs when it comes back.
                pool.index().add(pack.index(), pack.size(), written, pins);
            }
            LOG.debug("job={} pack={} is durable: {} chunks, {} bytes", job, pack.id(), pack.chunks(), pack.size());
            done(pack, counted, null);
        } catch (BackupException e) {
            done(pack, counted, e);
        } catch (RuntimeException e) {
            done(pack, counted, BackupException.bug("pack " + pack.id(), e));
        }
    }

    private void done(PackInMaking pack, long counted, BackupException problem) {
        Set<Receipts> tell = new HashSet<>();
        lock.lock();
        try {
            finishing--;
            finishingBytes -= counted;
            entries.remove(pack);
            List<Slip> told = slips.remove(pack);
            pack.index().entries().forEach(entry -> onTheWay.remove(entry.chunk()));
            if (problem == null) {
                stored += pack.size();
                share.settle(pack.size(), pack.index().entries().stream().mapToLong(IndexEntry::length).sum());
                for (Slip slip : told == null ? List.<Slip>of() : told) {
                    slip.receipts.durable(slip.frame);
                    tell.add(slip.receipts);
                }
            } else {
                fail(problem);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        tell.forEach(Receipts::tell);
    }

    /**
     * Waits until every stream has ended and every pack is durable and reported.
     *
     * @return bytes this job added to the volume so far
     */
    long flush() throws BackupException {
        lock.lock();
        try {
            await(() -> streams == 0, "the job's data streams to end");
            check();
            finishOpen();
            await(() -> finishing == 0, "packs to become durable");
            check();
            return stored;
        } finally {
            lock.unlock();
        }
    }

    boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what is unfinished and refuses what still comes; packs that are being committed go on. */
    void end() {
        lock.lock();
        try {
            fail(BackupException.operator("job.ended", job.toString(), "job " + job + " has ended"));
        } finally {
            lock.unlock();
        }
    }

    private void fail(BackupException problem) {
        pool.gate().remove(pausing);
        if (failure == null) {
            failure = problem;
            changed.signalAll();
        }
        List<PackInMaking> dropped = new ArrayList<>(open.values());
        open.clear();
        slips.keySet().removeAll(dropped);
        dropped.forEach(this::drop);
    }

    private void drop(PackInMaking pack) {
        entries.remove(pack);
        pack.abandon();
    }

    private void check() throws BackupException {
        if (failure != null) {
            throw new BackupException(failure.failure(), failure);
        }
    }

    private interface State {
        boolean reached();
    }

    /** Waits with the lock given free; a failure of the job ends it too. */
    private void await(State state, String what) throws BackupException {
        long left = PATIENCE.toNanos();
        try {
            while (!state.reached() && failure == null) {
                if (left <= 0) {
                    throw BackupException.device("device.timeout", job.toString(),
                            "job " + job + " waited " + PATIENCE.toMinutes() + " minutes for " + what, null);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", job.toString(), "interrupted while job " + job + " waited for " + what, e);
        }
    }
}
