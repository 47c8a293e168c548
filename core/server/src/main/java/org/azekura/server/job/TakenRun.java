package org.azekura.server.job;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Offers.End;
import org.azekura.api.catalog.Offers.Offer;
import org.azekura.api.server.JobProgress;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt that this server carries out for the one that leads, on a virtual thread of its own. Thread-safe. */
final class TakenRun {

    private static final Logger log = LoggerFactory.getLogger(TakenRun.class);

    private final Offer offer;
    private final JobRecord record;
    private final Run run;
    private final Thread thread;
    private boolean ending;
    /** The last wish that was heard. */
    private Failure wish;

    /** Who hears how it ended. */
    @FunctionalInterface
    interface Ended {
        void ended(TakenRun run, End end);
    }

    TakenRun(Offer offer, JobRecord record, Run run, Ended ended) {
        this.offer = offer;
        this.record = record;
        this.run = run;
        this.thread = Thread.ofVirtual().name("taken-job-" + record.id()).unstarted(() -> live(ended));
    }

    void start() {
        thread.start();
    }

    Offer offer() {
        return offer;
    }

    Run run() {
        return run;
    }

    private void live(Ended ended) {
        End end;
        try {
            Job job = run.carryOut();
            end = new End.Done(run.next().stream().map(Job::id).toList());
            record.committed(job);
        } catch (BackupException e) {
            end = new End.Failed(e.failure());
        } catch (Throwable e) {
            log.error("job={} failed by a fault of ours", record.id(), e);
            end = new End.Failed(BackupException.bug("job " + record.id(), e).failure());
        }
        synchronized (this) {
            ending = true;
            Thread.interrupted();
        }
        try {
            ended.ended(this, end);
        } finally {
            run.over();
        }
    }

    /** Says how far it is, and hears how it is to end. */
    void tell(Offers offers) throws BackupException {
        JobProgress progress = record.progress();
        String phase = run.committing() ? "committing" : progress.phase();
        Optional<Failure> wished = offers.tell(offer, new Offers.Progress(phase, progress.files(), progress.bytes(), progress.stored()));
        if (wished.isPresent() && !wished.get().equals(wish)) {
            wish = wished.get();
            stop(new BackupException(wish));
        }
    }

    /** Makes it end within seconds; one that commits its snapshot ends with that. */
    void stop(BackupException why) {
        run.stop(why);
        synchronized (this) {
            if (!ending && !run.committing()) {
                thread.interrupt();
            }
        }
    }

    /** Waits until it has ended, at most for so long; for one that has not begun yet not at all. */
    void join(long ms) {
        try {
            thread.join(Math.max(1, ms));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
