package org.azekura.rest.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobTotal;
import org.azekura.api.server.Jobs;

/**
 * What all jobs that have ended did, those whose rows were deleted among them. All are read at the first question; of those that ended more than a day ago the sum is kept, so that
 * there may be millions. Safe for any number of threads.
 */
final class JobTally {

    /** Jobs that are in memory at once. */
    private static final int AT_ONCE = 5_000;
    /** What ended before is rarely ordered to go on; if it is, its second end is not counted. */
    private static final Duration SETTLED = Duration.ofDays(1);
    private static final int TRIES = 5;

    private Sums settled;
    /** The last job of these; null if there is none. */
    private JobId to;
    /** Those among them that have not ended, or only lately: they may still end otherwise, and are looked at each time. */
    private final Set<JobId> open = new TreeSet<>();

    /** @param lastBackup seconds since 1970, by client */
    record Sums(Map<Job.Kind, Map<Job.State, JobTotal>> totals, Map<String, Long> lastBackup) {

        Sums() {
            this(new EnumMap<>(Job.Kind.class), new TreeMap<>());
        }

        private Sums copy() {
            Sums copy = new Sums();
            all().forEach(copy::add);
            copy.lastBackup.putAll(lastBackup);
            return copy;
        }

        List<JobTotal> all() {
            List<JobTotal> all = new ArrayList<>();
            totals.values().forEach(states -> all.addAll(states.values()));
            return all;
        }

        private void add(JobTotal total) {
            totals.computeIfAbsent(total.kind(), kind -> new EnumMap<>(Job.State.class)).merge(total.state(), total, JobTotal::plus);
        }

        private void add(Job job) {
            long millis = job.started() == null || job.ended() == null ? 0 : Math.max(0, Duration.between(job.started(), job.ended()).toMillis());
            add(new JobTotal(job.kind(), job.state(), 1, job.bytes(), millis));
            boolean well = job.state() == Job.State.DONE || job.state() == Job.State.WARNED;
            if (well && job.kind() == Job.Kind.BACKUP && job.client() != null && job.ended() != null) {
                lastBackup.merge(job.client().value(), job.ended().getEpochSecond(), Math::max);
            }
        }
    }

    synchronized Sums now(Jobs jobs, Instant now) throws BackupException {
        Instant before = now.minus(SETTLED);
        for (int tries = 1; settled == null; tries++) {
            List<JobTotal> deleted = jobs.deleted();
            Sums sums = new Sums();
            deleted.forEach(sums::add);
            open.clear();
            JobId last = settle(jobs, sums, null, before);
            // of rows that were deleted meanwhile nobody knows whether they were read before
            if (deleted.equals(jobs.deleted()) || tries == TRIES) {
                settled = sums;
                to = last;
            }
        }
        // rows that are deleted from here on are of those that are settled
        to = settle(jobs, settled, to, before);
        Sums all = settled.copy();
        for (JobId id : List.copyOf(open)) {
            Job job = jobs.get(id);
            if (isSettled(job, before)) {
                open.remove(id);
                settled.add(job);
            }
            if (job.state().ended()) {
                all.add(job);
            }
        }
        for (List<Job> some = jobs.behind(to, AT_ONCE); !some.isEmpty(); some = jobs.behind(some.getLast().id(), AT_ONCE)) {
            some.stream().filter(job -> job.state().ended()).forEach(all::add);
        }
        return all;
    }

    private static boolean isSettled(Job job, Instant before) {
        return job.state().ended() && job.ended() != null && job.ended().isBefore(before);
    }

    /** Adds those up to the first that was ordered lately, but for those that are open. @return the last of them, or the one before */
    private JobId settle(Jobs jobs, Sums sums, JobId behind, Instant before) throws BackupException {
        JobId last = behind;
        for (List<Job> some = jobs.behind(last, AT_ONCE); !some.isEmpty(); some = jobs.behind(last, AT_ONCE)) {
            for (Job job : some) {
                if (isSettled(job, before)) {
                    sums.add(job);
                } else if (job.started().isBefore(before)) {
                    open.add(job.id());
                } else {
                    return last;
                }
                last = job.id();
            }
        }
        return last;
    }
}
