package org.azekura.storagenode.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.storagenode.pool.Reliance;

/** The jobs that volumes are prepared for. */
public final class NodeJobs {

    /** So many that have ended are remembered: an order of theirs that was on its way is late by moments. */
    private static final int REMEMBERED = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<JobId, NodeJob> prepared = new HashMap<>();
    /** Those that ended last, the oldest first. */
    private final Set<JobId> ended = new LinkedHashSet<>();
    private final Allowances allowances = new Allowances();

    /** What clients may still store. */
    public Allowances allowances() {
        return allowances;
    }

    /** Preparing the same again changes nothing, unless that has failed; another use takes the place of the one before, which ends. */
    public void prepare(NodeJob job) {
        NodeJob old;
        lock.lock();
        try {
            old = prepared.get(job.order().job());
            if (old != null && old.order().equals(job.order()) && old.pool() == job.pool() && !old.hasFailed()) {
                return;
            }
            prepared.put(job.order().job(), job);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (old != null) {
            old.end();
        }
    }

    /** @throws BackupException {@code job.unknown} if the server has not prepared a volume for it in time */
    public NodeJob await(JobId id, Duration timeout) throws BackupException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!prepared.containsKey(id)) {
                if (left <= 0) {
                    throw BackupException.operator("job.unknown", id.toString(),
                            "the server has not prepared a volume for job " + id + " within " + timeout.toSeconds() + " s");
                }
                left = changed.awaitNanos(left);
            }
            return prepared.get(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", id.toString(), "interrupted while waiting for job " + id, e);
        } finally {
            lock.unlock();
        }
    }

    /** @throws BackupException {@code job.unknown} if no volume is prepared for it */
    public NodeJob get(JobId id) throws BackupException {
        lock.lock();
        try {
            NodeJob job = prepared.get(id);
            if (job == null) {
                throw BackupException.operator("job.unknown", id.toString(), "no volume is prepared for job " + id + " on this storage node");
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** What it relies on in this pool; null if it does not. */
    public Reliance reliance(JobId id, PoolName pool) {
        lock.lock();
        try {
            NodeJob job = prepared.get(id);
            return job == null || !job.pool().name().equals(pool) ? null : job.reliance();
        } finally {
            lock.unlock();
        }
    }

    public boolean isPrepared(JobId id) {
        lock.lock();
        try {
            return prepared.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    /** Whether its end was ordered, and no volume is prepared for it since. */
    public boolean hasEnded(JobId id) {
        lock.lock();
        try {
            return ended.contains(id) && !prepared.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    public void end(JobId id) {
        NodeJob job;
        lock.lock();
        try {
            job = prepared.remove(id);
            ended.remove(id);
            ended.add(id);
            if (ended.size() > REMEMBERED) {
                ended.remove(ended.iterator().next());
            }
        } finally {
            lock.unlock();
        }
        if (job != null) {
            job.end();
        }
    }

    public void endAll() {
        List<JobId> ids;
        lock.lock();
        try {
            ids = new ArrayList<>(prepared.keySet());
        } finally {
            lock.unlock();
        }
        ids.forEach(this::end);
    }
}
