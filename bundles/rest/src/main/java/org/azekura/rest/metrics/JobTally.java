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
import org.azekura.api.server.PastJobs;

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

    /** Null: all are to be read anew. */
    private Sums settled;
    /** Those without rows that were counted, at least. */
    private PastJobs past;
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
        Sums all;
        int tries = 0;
        do {
            if (settled == null) {
                begin(jobs, before);
            }
            all = goOn(jobs, before);
        } while (settled == null && ++tries < TRIES);
        return all;
    }

    private void begin(Jobs jobs, Instant before) throws BackupException {
        past = jobs.deleted();
        for (int tries = 1; settled == null; tries++) {
            Sums sums = new Sums();
            past.totals().forEach(sums::add);
            open.clear();
            to = settle(jobs, sums, null, before);
            PastJobs then = jobs.deleted();
            // of rows that were deleted meanwhile nobody knows whether they were read before
            if (then.equals(past) || tries == TRIES) {
                settled = sums;
            }
            past = then;
        }
    }

    /** Lets go of what is settled if it has not all: rows may have gone that were not settled. */
    private Sums goOn(Jobs jobs, Instant before) throws BackupException {
        JobId from = to;
        to = settle(jobs, settled, to, before);
        Sums all = settled.copy();
        boolean lost = false;
        for (JobId id : List.copyOf(open)) {
            Job job = find(jobs, id);
            if (job == null) {
                lost = true;
                continue;
            }
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
        PastJobs now = jobs.deleted();
        if (lost || !now.equals(past) && (from == null || now.last().compareTo(from) > 0)) {
            settled = null;
        }
        past = now;
        return all;
    }

    /** Null if its row was deleted. */
    private static Job find(Jobs jobs, JobId id) throws BackupException {
        try {
            return jobs.get(id);
        } catch (BackupException e) {
            if (e.failure().code().equals("job.unknown")) {
                return null;
            }
            throw e;
        }
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
