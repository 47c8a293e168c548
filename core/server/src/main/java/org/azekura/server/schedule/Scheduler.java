package org.azekura.server.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.PolicyRun.Outcome;
import org.azekura.api.catalog.PolicyRun.Part;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Schedules;
import org.azekura.server.pool.PoolRevival;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has policies and plans of drills run, by themselves and by hand. Safe for any number of threads; one of its own looks what is to be done. */
public final class Scheduler implements Schedules, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    /** The machine's clock may be set at any time. */
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration JUMP = Duration.ofSeconds(2);
    /** A look is followed by a rest of so many times what it took, however often somebody wakes: thousands of jobs end in an hour. */
    private static final int REST = 9;
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final CatalogStore catalog;
    private final Queue queue;
    private final InstantSource wall;
    private final ZoneId zone;
    private final Rounds rounds;
    private final Semaphore woken = new Semaphore(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private Thread thread;
    /** What was said last of why nothing can be done. */
    private String trouble = "";

    /** Where jobs are begun. */
    public interface Queue {

        /**
         * @param there whether all that it needs must be there now; else it waits for that
         * @return puts it into the catalog, queued
         * @throws BackupException why it can't be
         */
        CatalogStore.Change<Job> prepare(JobOrder order, PolicyName policy, boolean there) throws BackupException;

        /** Begins what is queued in the catalog. */
        void begin(List<Job> queued);
    }

    /**
     * @param courses all that run
     * @param zone    of those that name none
     */
    public Scheduler(CatalogStore catalog, Queue queue, CatalogStore.Query<List<Course>> courses, InstantSource wall, ZoneId zone) {
        this.catalog = catalog;
        this.queue = queue;
        this.wall = wall;
        this.zone = zone;
        this.rounds = new Rounds(catalog, queue, courses, zone, Ahead.MOST);
    }

    /** Looks from time to time, until it is closed. */
    public void begin() {
        thread = Thread.ofVirtual().name("server-schedule").start(this::live);
    }

    /** Something has changed: a policy, a plan, or a job has ended. Returns at once. */
    public void wake() {
        woken.release();
    }

    private void live() {
        Instant next = Instant.MAX;
        Instant before = wall.instant();
        try {
            while (closed.getCount() > 0) {
                Duration left = Duration.between(before, next);
                boolean asked = woken.tryAcquire(Math.clamp(left.compareTo(LOOK) < 0 ? left.toMillis() : LOOK.toMillis(), 1, LOOK.toMillis()), TimeUnit.MILLISECONDS);
                woken.drainPermits();
                Instant now = wall.instant();
                boolean jumped = Duration.between(before, now).abs().compareTo(LOOK.plus(JUMP)) > 0;
                before = now;
                if (asked || jumped || !now.isBefore(next)) {
                    long begun = System.nanoTime();
                    next = look(now);
                    closed.await(Math.min(REST * (System.nanoTime() - begun), LONGEST_REST.toNanos()), TimeUnit.NANOSECONDS);
                    before = wall.instant();
                }
            }
        } catch (InterruptedException e) {
            log.debug("nobody looks after schedules any more");
        }
    }

    private Instant look(Instant now) {
        try {
            Instant next = rounds.look(now);
            trouble = "";
            return next;
        } catch (BackupException | RuntimeException e) {
            if (!trouble.equals(e.getMessage())) {
                log.warn("schedules can't be looked after now; this is tried every {} s: {}", LOOK.toSeconds(), e.getMessage());
                trouble = String.valueOf(e.getMessage());
            }
            return now.plus(LOOK);
        }
    }

    @Override
    public List<Instant> preview(Timing timing, int count) throws BackupException {
        Plan plan = Plan.of(timing, zone);
        return timing.enabled() ? plan.begins(wall.instant(), Math.clamp(count, 1, MOST)) : List.of();
    }

    @Override
    public List<Next> next(int limit) throws BackupException {
        List<Next> all = new ArrayList<>();
        for (Policy policy : catalog.read(CatalogView::policies)) {
            preview(policy.timing(), limit).forEach(at -> all.add(new Next(policy.name(), at)));
        }
        all.sort(Comparator.comparing(Next::at).thenComparing(Next::policy));
        return List.copyOf(all.subList(0, Math.min(all.size(), Math.clamp(limit, 1, MOST))));
    }

    @Override
    public List<PolicyRun> runs(PolicyName policy, int limit) throws BackupException {
        return catalog.read(view -> view.policyRuns(policy, Math.clamp(limit, 1, MOST)));
    }

    @Override
    public String zone() {
        return zone.getId();
    }

    /** As {@link Policies#run}, whatever the course is. */
    public List<Policies.Begun> run(Course course) throws BackupException {
        Instant now = wall.instant();
        List<Attempt> attempts = course.saveSets().stream().map(set -> Attempt.of(catalog, queue, course, set, true)).toList();
        List<Job> jobs = new ArrayList<>();
        List<Policies.Begun> begun = catalog.write(edit -> {
            PoolRevival.requireNone(edit);
            jobs.clear();
            List<Policies.Begun> told = new ArrayList<>();
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < attempts.size(); i++) {
                Attempt attempt = attempts.get(i);
                parts.add(attempt.put(edit, Part.waiting(course.saveSets().get(i)), now, jobs));
                told.add(new Policies.Begun(course.saveSets().get(i), attempt.job() == null ? null : jobs.getLast(), attempt.failure()));
            }
            course.put(edit, new PolicyRun(course.name(), Rounds.nextNumber(edit, course), true, now, null, Outcome.RUNNING, null, parts));
            return told;
        });
        queue.begin(jobs);
        wake();
        return begun;
    }

    /** Nothing more begins. */
    @Override
    public void close() {
        closed.countDown();
        wake();
        if (thread != null) {
            try {
                thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
