package org.azekura.server.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PolicyName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.MonthlyUse;
import org.azekura.api.server.PastJobs;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.ProgressBoard;
import org.azekura.server.job.run.Run;
import org.azekura.server.pool.PoolRevival;
import org.azekura.server.schedule.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of this server: each is in the catalog from its submission on and runs on a virtual thread of its own, at most
 * {@value #AT_ONCE} at a time unless another number is set, of each client, or with each pool where no client is, at most {@value #OF_A_CLIENT}; a change of a driver
 * beside those, {@value #MOUNTS} mounts and {@value #DOWNLOADS} downloads.
 */
public final class JobQueue implements Jobs, Scheduler.Queue, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobQueue.class);
    static final int AT_ONCE = 32;
    /** As many as one client has the memory for. */
    static final int OF_A_CLIENT = 4;
    static final int MOUNTS = 16;
    static final int DOWNLOADS = 16;
    private static final long END_ms = 10_000;
    /** For one that may take minutes, and ends quickly all the same if it is between two nodes. */
    private static final long SOON_ms = 300;

    private final CatalogStore catalog;
    private final JobFactory factory;
    private final ProgressBoard board = new ProgressBoard();
    private final Places places = new Places(AT_ONCE, OF_A_CLIENT);
    /** Of changes of drivers, which come one after the other and take no place from who saves and restores. */
    private final Places driverPlaces = new Places(1, 1);
    /** They may be there for days, and do little. */
    private final Places mountPlaces = new Places(MOUNTS, MOUNTS);
    private final Places downloadPlaces = new Places(DOWNLOADS, DOWNLOADS);
    private final ActiveJobs active;
    private final LeftJobs left;
    private final PowerHold power;
    private final BudgetHold budgets;
    private volatile Runnable onEnd = () -> {};
    /** Null: none is offered to anybody. */
    private volatile OfferDesk offers;
    private volatile boolean closed;

    /** @param local the storage node of this process */
    public JobQueue(CatalogStore catalog, JobFactory factory, NodeName local) {
        this.power = new PowerHold(catalog, local);
        this.budgets = new BudgetHold(catalog);
        this.catalog = catalog;
        this.active = new ActiveJobs(catalog);
        this.factory = factory;
        this.left = new LeftJobs(catalog, factory);
    }

    /** Takes up what an earlier run of the server left, for {@link #resume()}. */
    public void settle() throws BackupException {
        left.settle();
    }

    /** Goes on with what waited when the server stopped; called once the roles are there. */
    public void resume() throws BackupException {
        left.resume(this::begin);
    }

    @Override
    public Job submit(JobOrder order) throws BackupException {
        Checked checked = factory.check(order);
        Job queued = catalog.write(putting(checked, null));
        begin(queued, checked, false);
        return queued;
    }

    @Override
    public CatalogStore.Change<Job> prepare(JobOrder order, PolicyName policy, boolean there) throws BackupException {
        return putting(there ? factory.check(order) : factory.find(order), policy);
    }

    private static CatalogStore.Change<Job> putting(Checked checked, PolicyName policy) throws BackupException {
        byte[] encoded = JobCodecs.ORDERS.encode(checked.order());
        return edit -> {
            if (checked.needsCatalog()) {
                PoolRevival.requireNone(edit); // one may have begun since the check
            }
            Job job = new Job(edit.nextJob(), checked.kind(), Job.State.QUEUED, checked.client(), checked.pool(), Instant.now(), null, 0, 0,
                    null, null, 0, encoded, null).of(policy);
            edit.putJob(job);
            return job;
        };
    }

    private void begin(Job job, Checked checked, boolean goesOn) {
        JobRecord record = new JobRecord(catalog, board, job);
        JobPlace place = new JobPlace(places(checked.kind()), claim(job, checked), List.of(power, budgets), checked, record);
        ActiveJob begun = new ActiveJob(catalog, new Begun(this, checked, record), factory.parking(), place, record, checked, goesOn);
        if (active.take(begun)) {
            begun.start();
        }
    }

    Places.Claim claim(Job job, Checked checked) {
        return new Places.Claim(checked.whose(), priority(job));
    }

    private Places places(Job.Kind kind) {
        return switch (kind) {
            case DRIVER -> driverPlaces;
            case MOUNT -> mountPlaces;
            case DOWNLOAD -> downloadPlaces;
            case BACKUP, RESTORE, DRILL, COPY, VERIFY, HEAL, LOCK, PRUNE, EXPIRE, REBUILD, INVENTORY, MOVE, LABEL, SCAN, EXPORT, IMPORT, CLEAN, REPACK, FORGET -> places;
        };
    }

    private int priority(Job job) {
        try {
            return catalog.read(view -> Urgency.of(view, job));
        } catch (BackupException e) {
            log.warn("job={} waits for its turn as others do; its priority is not known: {}", job.id(), e.getMessage());
            return Timing.USUAL_PRIORITY;
        }
    }

    private record Begun(JobQueue queue, Checked checked, JobRecord record) implements ActiveJob.Host {

        @Override
        public Run run(boolean goesOn) {
            Run own = queue.factory.run(checked, record, queue.active, goesOn);
            OfferDesk offers = queue.offers;
            return offers == null ? own : offers.run(checked, record, own, goesOn);
        }

        @Override
        public void begin(List<Job> next) {
            queue.begin(next);
        }

        @Override
        public void ended() {
            queue.active.ended(record.id());
            queue.onEnd.run();
        }
    }

    /** A server that stops leaves them in the catalog, for {@link #resume()}. */
    @Override
    public void begin(List<Job> queued) {
        for (Job job : queued) {
            if (closed) {
                return;
            }
            if (active.isActive(job.id())) {
                continue; // who found it in the catalog could not know
            }
            try {
                begin(job, factory.find(JobCodecs.ORDERS.decode(job.order())), false);
            } catch (BackupException | RuntimeException e) {
                refuse(job, e); // who asked has ended well already
            }
        }
    }

    private void refuse(Job job, Exception why) {
        try {
            LeftJobs.refuse(catalog, job, why.getMessage());
        } catch (BackupException e) {
            log.error("job={} could not be begun, and its end could not be kept: {}", job.id(), e.getMessage());
        }
    }

    /** @param end called after each end of a job, in its thread; must not block */
    public void onEnd(Runnable end) {
        onEnd = end;
    }

    /** Has other servers carry out some of what runs from now on. */
    public void offers(OfferDesk desk) {
        offers = desk;
    }

    /** So many run at a time from now on; those that run go on. */
    public void atOnce(int all) {
        places.all(all);
    }

    /** Those that have not ended. */
    public ActiveJobs active() {
        return active;
    }

    /** How fast running jobs may be has changed. */
    public void limitsChanged() {
        factory.limitsChanged();
    }

    @Override
    public List<Job> list(boolean unendedOnly) throws BackupException {
        return catalog.read(view -> view.jobs(unendedOnly));
    }

    @Override
    public List<Job> behind(JobId behind, int limit) throws BackupException {
        return catalog.read(view -> view.jobsBehind(behind, limit));
    }

    @Override
    public List<Job> newest(ClientName client, JobId before, int limit) throws BackupException {
        return catalog.read(view -> view.newestJobs(client, before, limit));
    }

    @Override
    public PastJobs deleted() throws BackupException {
        return catalog.read(DeletedJobs::all);
    }

    @Override
    public Job get(JobId id) throws BackupException {
        return catalog.read(view -> view.job(id)).orElseThrow(() -> unknown(id));
    }

    private static BackupException unknown(JobId id) {
        return BackupException.operator("job.unknown", id.toString(), "there is no job " + id + ", or it ended so long ago that it was deleted; \"azekura job list\" names all there are");
    }

    @Override
    public JobOrder order(JobId id) throws BackupException {
        return JobCodecs.ORDERS.decode(get(id).order());
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
        ActiveJob job = active.get(id);
        if (job != null) {
            job.stop(BackupException.operator(Obstacle.CANCELLED, id.toString(), "the job was cancelled"), false);
            job.join(job.endsByItself() ? SOON_ms : END_ms);
        } else {
            left.cancel(id);
        }
        return get(id);
    }

    @Override
    public Job resume(JobId id) throws BackupException {
        Job job = get(id);
        ActiveJob running = active.get(id);
        if (running != null && job.state().ended()) {
            // Between its last state in the catalog and its end lies a moment.
            running.join(SOON_ms);
            running = active.get(id);
        }
        if (running != null) {
            if (!running.wake()) {
                throw BackupException.operator("job.running", id.toString(), "job " + id + " is " + job.state().word() + (job.error() == null ? " and goes on already"
                        : " and goes on by itself: " + job.error()));
            }
            return job;
        }
        if (job.state() == Job.State.DONE || job.state() == Job.State.WARNED) {
            throw BackupException.operator("job.done", id.toString(), "job " + id + " is " + job.state().word() + "; there is nothing left of it to do");
        }
        JobOrder order = JobCodecs.ORDERS.decode(job.order());
        if (!Parking.canGoOn(order)) {
            throw BackupException.operator("job.once", id.toString(), "job " + id + " cannot be resumed: " + Parking.whyNot(job.kind()));
        }
        Checked checked = factory.check(order);
        Job queued = catalog.write(edit -> {
            Job now = edit.job(id).orElse(job).waiting(Job.State.QUEUED, null).attempt(0);
            edit.putJob(now);
            edit.addLine(new JobLine(id, Instant.now(), JobLine.Level.INFO, "it was ordered to go on"));
            return now;
        });
        begin(queued, checked, true);
        return queued;
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

    /** A source of power of a storage node tells how it is: jobs that wait because of it and can go on later park, others end first. */
    public void power(NodeName node, NodeReport.Power report) {
        power.tells(node, report);
        active.parkIfHeld();
    }

    /** Of these devices the budget is used up, of all others not: jobs on them that can wait park, and others go on. */
    public void spent(List<MonthlyUse> devices) {
        budgets.tells(devices);
        active.parkIfHeld();
    }

    /** Which jobs wait for the mains. */
    public PowerHold hold() {
        return power;
    }

    /** Stops every job, those that wait stay as they are in the catalog; waits ten seconds in all. */
    @Override
    public void close() {
        closed = true;
        left.close();
        active.end(Obstacle.stopping(), END_ms);
    }
}
