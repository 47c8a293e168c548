package org.azekura.storagenode.lease;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;

/**
 * Has jobs that read one cartridge at the same time do it in one pass: of those who wait, the one is served who is least far on the way of the tape, so that all
 * get to go together; and he who was just served has a moment to come back, for his next place is usually the nearest. Who has joined comes before who has not.
 * Nobody waits longer than a turn. Who waits has nothing that others want. Thread-safe.
 */
public final class Pass {

    /** So often is looked whether time has changed something. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);

    private final MountRules rules;
    private final LongSupplier clock;
    private final Way way = new Way();
    private final List<Ask> asks = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean taken;
    /** The jobs that will read here, and how often that was said of each: of one that is taken up again it is said before it is taken back. */
    private final Map<JobId, Integer> readers = new HashMap<>();
    /** Who was served last, and when he was through; null if he does not come back. */
    private JobId last;
    private long ended;
    /** When somebody came first because he had waited. */
    private long turned;

    /** Somebody who waits. One without a reader is like nobody else. */
    private record Ask(JobId reader, long object, long offset, long since) {}

    /** One read, which others wait for. */
    public interface Step extends AutoCloseable {

        /** It is over. Once only. */
        @Override
        void close();
    }

    /** How long a tape takes from one object to another; good for comparing only. */
    @FunctionalInterface
    public interface Distance {
        double seconds(long from, long to);
    }

    /**
     * In which order objects are read best, from where the tape stands.
     *
     * @param order    a permutation
     * @param distance null: nobody can tell
     */
    public record Plan(List<Long> order, Distance distance) {}

    /** Makes a plan. */
    @FunctionalInterface
    public interface Planner {

        /** @param joins whether somebody reads there already */
        Plan of(List<Long> objects, boolean joins) throws BackupException;
    }

    /** @param clock in nanoseconds */
    public Pass(MountRules rules, LongSupplier clock) {
        this.rules = rules;
        this.clock = clock;
        this.turned = clock.getAsLong();
    }

    /** This job will read here, until it leaves as often as this was said. */
    public void expect(JobId reader) {
        lock.lock();
        try {
            readers.merge(reader, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Plans anew, with what a job wants from now on. Nothing is changed if the planner fails.
     *
     * @param planner asked without any lock, and again if others have joined meanwhile
     * @return a permutation of these objects: the order in which the job should ask for them
     * @throws BackupException {@code job.ended} if it is not expected, or was not any more when the plan was made
     */
    public List<Long> join(JobId reader, List<Long> objects, Planner planner) throws BackupException {
        Set<Long> his = new LinkedHashSet<>(objects);
        List<Long> others = others(reader);
        while (true) {
            Set<Long> all = new LinkedHashSet<>(others);
            all.addAll(his);
            Plan plan = planner.of(List.copyOf(all), !others.isEmpty());
            lock.lock();
            try {
                others = others(reader);
                if (all.containsAll(others)) {
                    return way.join(reader, his, plan);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private List<Long> others(JobId reader) throws BackupException {
        lock.lock();
        try {
            if (!readers.containsKey(reader)) {
                throw ended(reader);
            }
            return way.left(reader);
        } finally {
            lock.unlock();
        }
    }

    /** This job reads nothing more here. Nothing that is still planned for it counts. */
    public void leave(JobId reader) {
        lock.lock();
        try {
            if (readers.computeIfPresent(reader, (_, times) -> times == 1 ? null : times - 1) == null) {
                way.leave(reader);
                if (reader.equals(last)) {
                    last = null;
                    changed.signalAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until this may be read. Then nobody else of this pass reads until the step is closed.
     *
     * @param reader null: no job, but somebody who does not come back
     * @param object at which the blob begins
     * @param offset in it
     * @param stop   whether he does not want it any more; asked while he waits
     * @throws BackupException {@code device.interrupted}; {@code job.ended} if he was stopped
     */
    public Step enter(JobId reader, long object, long offset, BooleanSupplier stop) throws BackupException {
        Ask ask = new Ask(reader, object, offset, clock.getAsLong());
        lock.lock();
        try {
            asks.add(ask);
            boolean served = false;
            try {
                while (next() != ask) {
                    changed.awaitNanos(LOOK);
                    if (stop.getAsBoolean()) {
                        throw ended(reader);
                    }
                }
                served = true;
            } finally {
                if (!served) {
                    remove(ask);
                }
            }
            if (isOverdue(ask)) {
                turned = clock.getAsLong();
            }
            remove(ask);
            taken = true;
            way.at(reader, object);
            return () -> close(ask);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", Objects.toString(reader, ""), name(reader) + " was interrupted while others read its cartridge", e);
        } finally {
            lock.unlock();
        }
    }

    private static BackupException ended(JobId reader) {
        return BackupException.operator("job.ended", Objects.toString(reader, ""), name(reader) + " has ended");
    }

    private static String name(JobId reader) {
        return reader == null ? "somebody" : "job " + reader;
    }

    /** Two may ask for the same. */
    private void remove(Ask ask) {
        asks.removeIf(one -> one == ask);
        changed.signalAll();
    }

    private void close(Ask ask) {
        lock.lock();
        try {
            taken = false;
            last = ask.reader;
            ended = clock.getAsLong();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Who is served now; null if nobody is. */
    private Ask next() {
        if (taken || asks.isEmpty() || isAwaited()) {
            return null;
        }
        return isOverdue(asks.getFirst()) ? asks.getFirst() : asks.stream().min(Comparator.comparingInt((Ask ask) -> way.rank(ask.reader, ask.object))
                .thenComparingLong(Ask::object).thenComparingLong(Ask::offset)).orElseThrow();
    }

    /** Whether he who was served last may come back at once. */
    private boolean isAwaited() {
        return last != null && asks.stream().noneMatch(ask -> last.equals(ask.reader)) && clock.getAsLong() - ended < rules.linger().toNanos();
    }

    /** Whether he has waited for so long that he comes first; each of several at his time, so that to and fro takes little of it. */
    private boolean isOverdue(Ask ask) {
        long share = rules.turn().dividedBy(Math.max(1, asks.size() - 1)).toNanos();
        long now = clock.getAsLong();
        return now - ask.since >= share && now - turned >= share;
    }
}
