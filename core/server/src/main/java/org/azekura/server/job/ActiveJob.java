package org.azekura.server.job;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.server.job.run.Followers;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that has not ended: one run after the other, parked between them while something it needs is away. Lives on a virtual
 * thread of its own.
 */
final class ActiveJob {

    private static final Logger log = LoggerFactory.getLogger(ActiveJob.class);

    private final CatalogStore catalog;
    private final Host host;
    private final Parking parking;
    private final JobPlace place;
    private final JobRecord record;
    private final Checked checked;
    private final Thread thread;
    private volatile Run run;
    private volatile Stop stop;
    /** Null: it does not wait, and another run begins. */
    private BackupException parkedFor;
    /** Whether what an earlier run of it made durable may be taken over. */
    private volatile boolean goesOn;
    private boolean parked;
    private boolean ending;
    private volatile boolean woken;

    /** What it is to the queue that it is in. */
    interface Host {

        /** One more attempt. */
        Run run(boolean goesOn);

        /** It has come to its end, and these are to begin. */
        void begin(List<Job> next);

        /** It has ended, or waits for the server's next start; called once. */
        void ended();
    }

    /** Why it shall end, and whether it goes on at the server's next start if it has not begun. */
    private record Stop(BackupException why, boolean stays) {}

    /** @param goesOn whether it ran before, and what it made durable may be taken over */
    ActiveJob(CatalogStore catalog, Host host, Parking parking, JobPlace place, JobRecord record, Checked checked, boolean goesOn) {
        this.catalog = catalog;
        this.host = host;
        this.parking = parking;
        this.place = place;
        this.record = record;
        this.checked = checked;
        this.goesOn = goesOn;
        this.run = host.run(goesOn);
        this.thread = Thread.ofVirtual().name("job-" + record.id()).unstarted(this::live);
    }

    void start() {
        thread.start();
    }

    JobId id() {
        return record.id();
    }

    Run run() {
        return run;
    }

    /** Whether it reads or fills one of these pools. */
    boolean isWith(Set<PoolName> pools) {
        return Stream.of(checked.pool(), checked.fills()).filter(Objects::nonNull).anyMatch(pools::contains);
    }

    /** @param why it waits in the middle of its work; null: it goes on, unless it is to park */
    void paused(String why) throws BackupException {
        if (why == null) {
            if (!place.isHeld()) {
                record.goesOn();
            }
        } else {
            record.paused(why);
        }
    }

    /** Has it park if it has begun, may not run, and can go on later. */
    synchronized void parkIfHeld() {
        BackupException why = run.committing() || !Parking.canGoOn(checked) ? null : place.toPark();
        if (why != null) {
            run.stop(why);
        }
    }

    /** Whether nobody ends it in the middle of its work. */
    boolean endsByItself() {
        return checked.kind() == Job.Kind.DRIVER && !isWaiting();
    }

    boolean isWaiting() {
        Job.State state = record.job().state();
        return state == Job.State.QUEUED || state == Job.State.PARKED;
    }

    /** Whether it relies on tree pages that an earlier run of it brought; which ones, nobody here knows. */
    boolean reliesOnEarlierPages() {
        return goesOn && checked.kind() == Job.Kind.BACKUP;
    }

    /** Whether it is, or was last, about this pool. */
    boolean goesTo(PoolName pool) {
        return pool.equals(record.job().pool());
    }

    private void live() {
        try {
            while (!tryRun()) {
                if (parkedFor != null) {
                    await();
                }
                run = host.run(goesOn);
            }
        } catch (InterruptedException e) {
            fail(Obstacle.stopping());
        } catch (BackupException e) {
            fail(e);
        } catch (Throwable e) {
            log.error("job={} failed by a fault of ours", record.id(), e);
            fail(BackupException.bug("job " + record.id(), e));
        } finally {
            host.ended();
            run.over();
        }
    }

    private void await() throws InterruptedException, BackupException {
        synchronized (this) {
            parked = true;
        }
        try {
            parking.await(checked, parkedFor);
        } catch (InterruptedException e) {
            if (!woken || stop != null) {
                throw e;
            }
        } finally {
            rise();
        }
    }

    /** Whoever wakes it up later comes too late, and interrupts nothing else. */
    private synchronized void rise() {
        parked = false;
        if (woken) {
            woken = false;
            Thread.interrupted();
        }
    }

    /** Has it try at once if it is parked. @return whether it is */
    synchronized boolean wake() {
        if (!parked) {
            return false;
        }
        woken = true;
        thread.interrupt();
        return true;
    }

    /** Whether the job has ended, else it is parked. */
    private boolean tryRun() throws InterruptedException, BackupException {
        place.take();
        try {
            if (stop != null) {
                throw stop.why;
            }
            record.running();
            record.committed(run.carryOut());
            host.begin(run.next());
            if (record.job().attempts() > 1) {
                follow();
            }
            return true;
        } catch (BackupException e) {
            Verdict verdict = Parking.verdict(checked, e);
            if (stop != null || verdict == Verdict.ENDS) {
                throw e;
            }
            boolean counts = verdict != Verdict.WAITS;
            if (counts && record.job().attempts() >= Parking.MAX_ATTEMPTS) {
                throw Parking.tooOften(record.id(), e.getMessage());
            }
            goesOn = !e.failure().code().equals(Obstacle.INCOMPLETE);
            parkedFor = verdict == Verdict.TURNS ? null : e;
            if (parkedFor != null) {
                park(e, counts);
            }
            if (stop != null) {
                throw stop.why;
            }
            return false;
        } finally {
            place.give();
        }
    }

    /** @throws BackupException {@code why}, if the job has come to its end and what broke came behind that */
    private void park(BackupException why, boolean counts) throws BackupException {
        try {
            record.parked(why.getMessage(), counts);
        } catch (BackupException e) {
            throw e.failure().code().equals(Obstacle.OFFER_GONE) ? why : e;
        }
    }

    /** From here on nobody interrupts it: it has its end to write. */
    private synchronized void end() {
        ending = true;
        Thread.interrupted();
    }

    private void fail(BackupException seen) {
        end();
        Stop asked = stop;
        if (asked != null && asked.stays && stays(asked.why)) {
            log.info("job={} waits for the server's next start", record.id());
            return;
        }
        BackupException why = asked != null ? asked.why : seen;
        boolean cancelled = why.failure().code().equals(Obstacle.CANCELLED);
        Job.State state = cancelled ? Job.State.CANCELLED : Job.State.FAILED;
        Job end = record.ended(state, record.progress().files(), record.progress().bytes(), why.getMessage(), null);
        try {
            // what a run made may be in the catalog with the job's end though the run broke: an answer was lost, or what came behind it broke
            end = record.broken(end, cancelled ? JobLine.Level.WARN : JobLine.Level.ERROR).orElse(end);
        } catch (BackupException e) {
            log.error("job={} its end could not be kept: {}", record.id(), e.getMessage());
        }
        record.committed(end);
        follow();
    }

    /** Begins what was put to begin behind it and its run does not know of: an earlier attempt may have put it, as a copy does that locks, or a commit whose answer was lost. */
    private void follow() {
        host.begin(new Followers(catalog, record.id()).found());
    }

    /** Whether it waits in the catalog for the server's next start, or does from now on. */
    private boolean stays(BackupException why) {
        if (isWaiting()) {
            return true;
        }
        try {
            if (Parking.verdict(checked, why) != Verdict.ENDS) {
                record.parked(why.getMessage(), false);
                return true;
            }
        } catch (BackupException e) {
            log.error("job={} could not be parked: {}", record.id(), e.getMessage());
        }
        return false;
    }

    /** Its client is gone: one that can begin again waits for it, any other fails. */
    void left(BackupException why) {
        run.stop(why);
    }

    /**
     * Makes it end within seconds, wherever it is; one that commits its snapshot ends with that.
     *
     * @param stays whether one that waits stays in the catalog as it is
     */
    void stop(BackupException why, boolean stays) {
        stop = new Stop(why, stays);
        run.stop(why);
        interrupt();
    }

    private synchronized void interrupt() {
        if (!ending && !run.committing()) {
            thread.interrupt();
        }
    }

    /** Waits until it has ended, at most for so long. */
    void join(long millis) {
        try {
            thread.join(Duration.ofMillis(Math.max(1, millis)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
