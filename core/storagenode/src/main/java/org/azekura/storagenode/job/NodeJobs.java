package org.azekura.storagenode.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    /** By the pool that is used, the first of them first. No job is here without one. */
    private final Map<JobId, Map<PoolName, NodeJob>> prepared = new HashMap<>();
    /** Those that ended last, the oldest first. */
    private final Set<JobId> ended = new LinkedHashSet<>();
    private final Allowances allowances = new Allowances();

    /** What clients may still store. */
    public Allowances allowances() {
        return allowances;
    }

    /**
     * Preparing the same again changes nothing, unless that has failed; another use of the same pool takes the place of the one before, which ends. A job that reads
     * may use several pools, as one that restores from a copy what its own pool has lost; one that writes has one, and what it used before ends.
     */
    public void prepare(NodeJob job) {
        List<NodeJob> old = new ArrayList<>();
        lock.lock();
        try {
            Map<PoolName, NodeJob> uses = prepared.computeIfAbsent(job.order().job(), id -> new LinkedHashMap<>());
            NodeJob same = uses.get(job.pool().name());
            if (same != null && same.order().equals(job.order()) && same.pool() == job.pool() && !same.hasFailed()) {
                return;
            }
            if (job.order().write()) {
                old.addAll(uses.values());
                uses.clear();
            } else if (same != null) {
                old.add(same);
            }
            uses.put(job.pool().name(), job);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        old.forEach(NodeJob::end);
    }

    /**
     * Its use of this pool, or another that is there: who presents a ticket is told what the server has prepared instead.
     *
     * @throws BackupException {@code job.unknown} if the server has not prepared a volume for it in time
     */
    public NodeJob await(JobId id, PoolName pool, Duration timeout) throws BackupException {
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
            Map<PoolName, NodeJob> uses = prepared.get(id);
            return uses.getOrDefault(pool, uses.values().iterator().next());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", id.toString(), "interrupted while waiting for job " + id, e);
        } finally {
            lock.unlock();
        }
    }

    /** @throws BackupException {@code job.unknown} if no volume of this pool is prepared for it */
    public NodeJob get(JobId id, PoolName pool) throws BackupException {
        NodeJob job = find(id, pool);
        if (job == null) {
            throw BackupException.operator("job.unknown", id.toString(), "no volume of pool " + pool + " is prepared for job " + id + " on this storage node");
        }
        return job;
    }

    private NodeJob find(JobId id, PoolName pool) {
        lock.lock();
        try {
            return prepared.getOrDefault(id, Map.of()).get(pool);
        } finally {
            lock.unlock();
        }
    }

    /** What it relies on in this pool; null if it does not. */
    public Reliance reliance(JobId id, PoolName pool) {
        NodeJob job = find(id, pool);
        return job == null ? null : job.reliance();
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
        Map<PoolName, NodeJob> uses;
        lock.lock();
        try {
            uses = prepared.remove(id);
            ended.remove(id);
            ended.add(id);
            if (ended.size() > REMEMBERED) {
                ended.remove(ended.iterator().next());
            }
        } finally {
            lock.unlock();
        }
        if (uses != null) {
            uses.values().forEach(NodeJob::end);
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
