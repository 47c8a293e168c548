package org.azekura.server.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Jobs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of this server: each is in the catalog from its submission on and runs on a virtual thread of its own, at most
 * {@value #AT_ONCE} at a time.
 */
public final class JobQueue implements Jobs, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobQueue.class);
    static final int AT_ONCE = 4;
    private static final long END_ms = 10_000;

    private final CatalogStore catalog;
    private final JobFactory factory;
    private final ProgressBoard board = new ProgressBoard();
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Map<JobId, Active> active = new ConcurrentHashMap<>();

    public JobQueue(CatalogStore catalog, JobFactory factory) {
        this.catalog = catalog;
        this.factory = factory;
    }

    /** Ends in the catalog what an earlier run of the server left unended. */
    public void settle() throws BackupException {
        for (Job left : list(true)) {
            String why = "the server stopped while this job ran; run it again: what it wrote already is not sent twice";
            catalog.write(edit -> {
                edit.putJob(new Job(left.id(), left.kind(), Job.State.FAILED, left.client(), left.pool(), left.started(), Instant.now(),
                        left.files(), left.bytes(), why, left.order(), null));
                edit.addLine(new JobLine(left.id(), Instant.now(), JobLine.Level.ERROR, why));
                return null;
            });
            log.warn("job={} was cut off by a stop of the server", left.id());
        }
    }

    @Override
    public Job submit(JobOrder order) throws BackupException {
        JobFactory.Checked checked = factory.check(order);
        byte[] encoded = JobCodecs.ORDERS.encode(order);
        Job queued = catalog.write(edit -> {
            Job job = new Job(edit.nextJob(), checked.kind(), Job.State.QUEUED, checked.client(), checked.pool(), Instant.now(), null, 0, 0,
                    null, encoded, null);
            edit.putJob(job);
            return job;
        });
        Active job = new Active(new JobRecord(catalog, board, queued), checked);
        active.put(queued.id(), job);
        job.thread.start();
        return queued;
    }

    /** A job that has not ended: one run after the other, while its volume is full parked between them. */
    private final class Active {

        private final JobRecord record;
        private final JobFactory.Checked checked;
        private final Thread thread;
        private volatile Run run;
        private volatile BackupException stopped;

        Active(JobRecord record, JobFactory.Checked checked) {
            this.record = record;
            this.checked = checked;
            this.run = factory.run(checked, record, JobQueue.this);
            this.thread = Thread.ofVirtual().name("job-" + record.id()).unstarted(this::live);
        }

        private void live() {
            try {
                while (!tryRun()) {
                    factory.parking().awaitRoom(checked.pool());
                    run = factory.run(checked, record, JobQueue.this);
                }
            } catch (InterruptedException e) {
                fail(record, stopped != null ? stopped : stopping());
            } catch (BackupException e) {
                fail(record, stopped != null ? stopped : e);
            } catch (RuntimeException e) {
                log.error("job={} failed by a fault of ours", record.id(), e);
                fail(record, BackupException.bug("job " + record.id(), e));
            } finally {
                active.remove(record.id());
            }
        }

        /** Whether the job has ended, else it is parked. */
        private boolean tryRun() throws InterruptedException, BackupException {
            places.acquire();
            try {
                if (stopped != null) {
                    throw stopped;
                }
                record.running();
                record.committed(run.carryOut());
                return true;
            } catch (BackupException e) {
                if (stopped != null || !Parking.parks(e)) {
                    throw e;
                }
                record.parked(e.getMessage());
                return false;
            } finally {
                places.release();
            }
        }

        /** Ends it within seconds, wherever it is. */
        void stop(BackupException why) {
            stopped = why;
            run.stop(why);
            Job.State state = record.job().state();
            if (state == Job.State.QUEUED || state == Job.State.PARKED) {
                thread.interrupt();
            }
        }

        void join() {
            try {
                thread.join(END_ms);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void fail(JobRecord record, BackupException why) {
        // A job that was interrupted still has its end to write.
        Thread.interrupted();
        boolean cancelled = why.failure().code().equals(CANCELLED);
        record.line(cancelled ? JobLine.Level.WARN : JobLine.Level.ERROR, why.getMessage());
        Job end = record.ended(cancelled ? Job.State.CANCELLED : Job.State.FAILED, record.progress().files(), record.progress().bytes(),
                why.getMessage(), null);
        try {
            catalog.write(edit -> {
                edit.putJob(end);
                return null;
            });
        } catch (BackupException e) {
            log.error("job={} its end could not be kept: {}", record.id(), e.getMessage());
        }
        record.committed(end);
    }

    private static final String CANCELLED = "job.cancelled";

    static BackupException stopping() {
        return BackupException.operator("server.stopping", "", "the server was stopped while the job ran; run it again");
    }

    @Override
    public List<Job> list(boolean unendedOnly) throws BackupException {
        return catalog.read(view -> view.jobs(unendedOnly));
    }

    @Override
    public Job get(JobId id) throws BackupException {
        return catalog.read(view -> view.job(id)).orElseThrow(() -> unknown(id));
    }

    private static BackupException unknown(JobId id) {
        return BackupException.operator("job.unknown", id.toString(), "there is no job " + id + "; \"azekura job list\" names them all");
    }

    @Override
    public Optional<JobResult> result(JobId id) throws BackupException {
        byte[] result = get(id).result();
        return result == null ? Optional.empty() : Optional.of(JobCodecs.RESULTS.decode(result));
    }

    @Override
    public List<JobLine> log(JobId id) throws BackupException {
        get(id);
        return catalog.read(view -> view.log(id));
    }

    @Override
    public Job cancel(JobId id) throws BackupException {
        Active job = active.get(id);
        if (job != null) {
            job.stop(BackupException.operator(CANCELLED, id.toString(), "the job was cancelled"));
            job.join();
        }
        return get(id);
    }

    @Override
    public JobProgress progress(JobId id) throws BackupException {
        JobProgress known = board.latest(id);
        if (known != null) {
            return known;
        }
        Job job = get(id);
        return new JobProgress(id, job.state(), job.state().word(), job.files(), job.bytes(), 0);
    }

    @Override
    public AutoCloseable watch(Consumer<JobProgress> listener) {
        return board.watch(listener);
    }

    /** @throws BackupException {@code job.unknown} if it does not run now */
    Run running(JobId id) throws BackupException {
        Active job = active.get(id);
        if (job == null) {
            throw BackupException.operator("job.unknown", id.toString(), "job " + id + " does not run");
        }
        return job.run;
    }

    JobRecord record(JobId id) throws BackupException {
        running(id);
        return active.get(id).record;
    }

    /** A client is gone: its jobs can't be ended. */
    public void left(ClientName client) {
        for (Active job : active.values()) {
            if (client.equals(job.run.client())) {
                job.stop(BackupException.network("client.left", client.value(), "client " + client
                        + " left while its job ran; run it again once it is back", null));
            }
        }
    }

    /** Folders that running restores fill on a client. */
    List<RawPath> targets(ClientName client) {
        return active.values().stream().map(job -> job.run).filter(run -> client.equals(run.client()) && run.target() != null).map(Run::target)
                .toList();
    }

    /** Stops every job and waits up to ten seconds for them. */
    @Override
    public void close() {
        active.values().forEach(job -> job.stop(stopping()));
        active.values().forEach(Active::join);
    }
}
