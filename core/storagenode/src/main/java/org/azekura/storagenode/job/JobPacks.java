package org.azekura.storagenode.job;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.NodeReport;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.pack.IndexEntry;
import org.azekura.engine.pack.SealedSession;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.device.DeviceGate;
import org.azekura.storagenode.index.JobPins;
import org.azekura.storagenode.pool.Pool;

/**
 * What one job writes: frames in, durable packs out, each reported to the server. Packs are committed beside the writing of the next ones. While the
 * device pauses, what is in the making is finished early and frames wait. The first failure is final: packs in the making are dropped, and every later
 * call throws it again.
 */
public final class JobPacks {

    /** A pack is finished as soon as it has so many bytes, or so many chunks. */
    public static final int TARGET_BYTES = 32 << 20;
    static final int TARGET_CHUNKS = 1 << 14;
    /**
     * What was taken in and is not durable, in all packs of the job: so much a job that is cut off sends again at most, with what a
     * transport has on its way ({@code 64 MiB} in all).
     */
    static final long MAX_UNSAFE_BYTES = 56 << 20;

    /** Tells the server of a durable pack and waits until it has it. */
    @FunctionalInterface
    public interface Reports {
        void packWritten(NodeReport.PackWritten report) throws BackupException;
    }

    private final JobId job;
    private final Pool pool;
    private final TrustGroup group;
    private final JobPins pins;
    private final PackEntries entries;
    private final DeviceGate.Writer pausing = this::finishEarly;
    private final JobTurn turn;
    private final OpenPacks open = new OpenPacks();
    /** Chunks in packs that are not yet in the index. A chunk leaves only after it was entered there. */
    private final Map<ChunkId, PackInMaking> onTheWay = new ConcurrentHashMap<>();
    private final Slips slips = new Slips();
    private final PacksFinishing finishing;
    private int streams;
    private long stored;
    /** Null until a client may store. */
    private Allowances.Share share;

    JobPacks(JobId job, Pool pool, TrustGroup group, JobPins pins, Reports reports, PackEntries entries) {
        this.job = job;
        this.pool = pool;
        this.group = group;
        this.pins = pins;
        this.entries = entries;
        this.turn = new JobTurn(job);
        this.finishing = new PacksFinishing(job, pool, pins, reports, this::done);
    }

    /** For whom its packs are written. */
    public TrustGroup group() {
        return group;
    }

    /** A client may store, within its share. */
    void allow(Allowances.Share within) {
        turn.take();
        try {
            share = within;
        } finally {
            turn.give();
        }
    }

    /**
     * Whether the chunk need not be sent for this job. If it need not, its pack stays until the job ends. Does not wait for the job's turn, which is for
     * the device.
     */
    boolean known(ChunkId chunk) throws BackupException {
        turn.check();
        return onTheWay.containsKey(chunk) || pool.index().known(pins, group, chunk);
    }

    /** A data stream of this job begins or ends; {@link #flush} waits for its end. */
    public void streams(int more) {
        turn.take();
        try {
            streams += more;
            turn.changed();
        } finally {
            turn.give();
        }
    }

    /**
     * Takes one frame; drops it if its chunk is there already.
     *
     * @param receipts of the stream it came on
     * @throws BackupException the job's failure, now or before
     */
    public void take(SealedSession session, ByteBuffer bytes, Receipts receipts) throws BackupException {
        turn.take();
        try {
            turn.check();
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
                    slips.add(pack, receipts, number);
                }
            } catch (BackupException e) {
                fail(e);
                throw e;
            }
        } finally {
            turn.give();
        }
    }

    private void write(SealedSession session, Frame frame, ByteBuffer bytes) throws BackupException {
        share.take(bytes.remaining());
        OpenPacks.Place place = new OpenPacks.Place(frame.header().kind(), session.session());
        PackInMaking pack = begun(place, session, bytes.remaining());
        pack.append(frame.header(), bytes);
        onTheWay.put(frame.header().id(), pack);
        entries.add();
        if (pack.size() >= TARGET_BYTES || pack.chunks() >= TARGET_CHUNKS || entries.areEnough(pack)) {
            finish(open.takeFull(place));
        }
    }

    /**
     * The pack for what comes next. While the device pauses nothing is begun, and the turn is others': a pause waits for the packs that are open,
     * which have to be finished.
     *
     * @param more bytes that come
     */
    private PackInMaking begun(OpenPacks.Place place, SealedSession session, int more) throws BackupException {
        while (true) {
            holdOn();
            makeSafe(more);
            PackInMaking pack = open.at(place);
            if (pack != null) {
                return pack;
            }
            pool.gate().add(pausing);
            Device device = turn.aside(() -> {
                pool.spool().awaitRoom(turn::check);
                return pool.device();
            });
            turn.check();
            Device.Span span = open.at(place) == null ? device.trySpan() : null;
            if (span != null) {
                open.put(place, PackInMaking.begin(span, place.kind(), group, List.of(session)));
            }
        }
    }

    private void holdOn() throws BackupException {
        while (pool.gate().isPaused() && !turn.hasFailed()) {
            turn.aside(() -> {
                pool.gate().awaitOpen("take what job " + job + " writes");
                return null;
            });
        }
        turn.check();
    }

    /** The device is to pause: what is in the making becomes durable, however small it is. */
    private void finishEarly() {
        Thread.ofVirtual().name("job " + job + " finishes packs early").start(() -> {
            turn.take();
            try {
                finishOpen();
            } catch (BackupException e) {
                fail(e);
            } finally {
                turn.give();
            }
        });
    }

    private void finishOpen() throws BackupException {
        while (!open.isEmpty()) {
            finish(List.of(open.takeAny()));
        }
    }

    /** Waits until so many more bytes may be unsafe. */
    private void makeSafe(int more) throws BackupException {
        while (unsafe() + more > MAX_UNSAFE_BYTES) {
            if (finishing.isIdle()) {
                finish(List.of(open.takeLargest()));
            }
            turn.await(() -> finishing.isIdle() || unsafe() + more <= MAX_UNSAFE_BYTES, "packs to become durable");
            turn.check();
        }
    }

    private long unsafe() {
        return finishing.bytes() + open.size();
    }

    /** Packs that were taken out; after a failure all are dropped that are not on their way. */
    private void finish(List<PackInMaking> packs) throws BackupException {
        for (Iterator<PackInMaking> next = packs.iterator(); next.hasNext();) {
            PackInMaking pack = next.next();
            try {
                turn.await(finishing::hasPlace, "a pack to become durable");
                turn.check();
            } catch (BackupException e) {
                drop(pack);
                next.forEachRemaining(this::drop);
                throw e;
            }
            finishing.begin(pack);
        }
    }

    private void done(PackInMaking pack, BackupException problem) {
        Set<Receipts> tell = Set.of();
        turn.take();
        try {
            finishing.leave(pack);
            entries.remove(pack);
            pack.index().entries().forEach(entry -> onTheWay.remove(entry.chunk(), pack));
            if (problem == null) {
                stored += pack.size();
                share.settle(pack.size(), pack.index().entries().stream().mapToLong(IndexEntry::length).sum());
                tell = slips.durable(pack);
            } else {
                slips.drop(List.of(pack));
                fail(problem);
            }
            turn.changed();
        } finally {
            turn.give();
        }
        tell.forEach(Receipts::tell);
    }

    /**
     * Waits until every stream has ended and every pack is durable and reported.
     *
     * @return bytes this job added to the volume so far
     */
    public long flush() throws BackupException {
        turn.take();
        try {
            turn.await(() -> streams == 0, "the job's data streams to end");
            turn.check();
            finishOpen();
            turn.await(finishing::isIdle, "packs to become durable");
            turn.check();
            return stored;
        } finally {
            turn.give();
        }
    }

    boolean hasFailed() {
        return turn.hasFailed();
    }

    /** Drops what is unfinished and refuses what still comes; packs that are being committed go on. */
    void end() {
        turn.take();
        try {
            fail(BackupException.operator("job.ended", job.toString(), "job " + job + " has ended"));
        } finally {
            turn.give();
        }
    }

    private void fail(BackupException problem) {
        pool.gate().remove(pausing);
        turn.fail(problem);
        Collection<PackInMaking> dropped = open.takeAll();
        slips.drop(dropped);
        dropped.forEach(this::drop);
    }

    private void drop(PackInMaking pack) {
        entries.remove(pack);
        pack.abandon();
    }
}
