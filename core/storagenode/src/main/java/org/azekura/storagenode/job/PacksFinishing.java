package org.azekura.storagenode.job;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.storagenode.index.JobPins;
import org.azekura.storagenode.pool.Pool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packs of one job that are being committed and reported, beside the writing of the next ones. Which they are is guarded by the job's turn. */
final class PacksFinishing {

    /** Fewer than a device has threads: the next pack is written meanwhile. */
    private static final int MOST = 2;
    private static final Logger LOG = LoggerFactory.getLogger(PacksFinishing.class);

    private final JobId job;
    private final Pool pool;
    private final JobPins pins;
    private final JobPacks.Reports reports;
    private final End end;
    /** With its size as it came: other threads write to it from then on. */
    private final Map<PackInMaking, Long> packs = new HashMap<>();

    /** Told of each pack when it is durable and reported, or will not be, on a thread of its own; has it {@link #leave}. */
    @FunctionalInterface
    interface End {
        /** @param problem null if it is durable and reported */
        void ended(PackInMaking pack, BackupException problem);
    }

    PacksFinishing(JobId job, Pool pool, JobPins pins, JobPacks.Reports reports, End end) {
        this.job = job;
        this.pool = pool;
        this.pins = pins;
        this.reports = reports;
        this.end = end;
    }

    boolean isIdle() {
        return packs.isEmpty();
    }

    boolean hasPlace() {
        return packs.size() < MOST;
    }

    /** Of all of them. */
    long bytes() {
        return packs.values().stream().mapToLong(Long::longValue).sum();
    }

    /** When there is a place. */
    void begin(PackInMaking pack) {
        packs.put(pack, pack.size());
        Thread.ofVirtual().name("job " + job + " finishes pack " + pack.id()).start(() -> run(pack));
    }

    void leave(PackInMaking pack) {
        packs.remove(pack);
    }

    private void run(PackInMaking pack) {
        BackupException problem = null;
        try {
            commit(pack);
        } catch (BackupException e) {
            problem = e;
        } catch (RuntimeException e) {
            problem = BackupException.bug("pack " + pack.id(), e);
        }
        end.ended(pack, problem);
    }

    private void commit(PackInMaking pack) throws BackupException {
        pack.commit();
        Instant written = Instant.now();
        try {
            reports.packWritten(pack.report(job, pool.label().volume(), written));
        } finally {
            // Durable is durable: also when the server could not be told. It asks for all packs when it comes back.
            pool.index().add(pack.index(), pack.size(), written, pins);
        }
        LOG.debug("job={} pack={} is durable: {} chunks, {} bytes", job, pack.id(), pack.chunks(), pack.size());
    }
}
