package org.azekura.server.job.run;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobProgress;
import org.azekura.api.server.JobResult;

/**
 * What the catalog, the log and the progress board say of one job. Safe for any number of threads; a state is in the
 * catalog before anybody is told. An attempt changes the job's row as long as that is about this attempt: what has ended stays as it ended, and who went on with a job that
 * another has meanwhile is refused.
 */
public final class JobRecord {

    /** How the job's log calls what broke when the job's end was in the catalog already. */
    public static final String BEHIND = "behind its end: ";

    private final CatalogStore catalog;
    private final JobLog log;
    private final ProgressBoard board;
    private volatile Job job;
    private volatile JobProgress progress;
    /** While it waits in the middle of its work: what it was about; else null. Guarded by this. */
    private String pausedIn;
    /** For what, and how far it was then; null: never. */
    private List<Object> parkedAt;

    public JobRecord(CatalogStore catalog, ProgressBoard board, Job job) {
        this.catalog = catalog;
        this.log = new JobLog(catalog, job.id());
        this.board = board;
        this.job = job;
        post(new JobProgress(job.id(), job.state(), job.state().word(), 0, 0, 0));
    }

    public JobId id() {
        return job.id();
    }

    public Job job() {
        return job;
    }

    public JobProgress progress() {
        return progress;
    }

    /** One more attempt begins. */
    public void running() throws BackupException {
        state(Job.State.RUNNING, null, job.attempts() + 1, null);
        phase("starting");
    }

    /**
     * It waits for something that is not there; the line says for what, once for all attempts that get no further.
     *
     * @param counts whether the attempt that ends so is one of those that are bounded
     */
    public void parked(String why, boolean counts) throws BackupException {
        List<Object> now = List.of(why, progress.files(), progress.bytes(), progress.stored());
        state(Job.State.PARKED, why, counts ? job.attempts() : Math.max(0, job.attempts() - 1), now.equals(parkedAt) ? null : log.of(JobLine.Level.WARN, "parked: " + why));
        parkedAt = now;
        phase("parked");
    }

    /** It has not begun, or is parked, and may not begin; the line says why. */
    public void held(String why) throws BackupException {
        if (!why.equals(job.error())) {
            state(job.state() == Job.State.PARKED ? Job.State.PARKED : Job.State.QUEUED, why, job.attempts(), log.of(JobLine.Level.INFO, "held: " + why));
            phase("held");
        }
    }

    /**
     * Its storage node has it wait in the middle of its work, and does not give it up. The row alone is changed: its other writers are on other threads.
     *
     * @param why for people
     */
    public void paused(String why) throws BackupException {
        if (turn(Job.State.RUNNING, Job.State.PAUSED, why)) {
            line(JobLine.Level.INFO, "paused: " + why);
            synchronized (this) {
                pausedIn = progress.phase();
                post(new JobProgress(id(), Job.State.PAUSED, "paused: " + why, progress.files(), progress.bytes(), progress.stored()));
            }
        }
    }

    /** The wait is over, whatever the row says of it by now. */
    public void goesOn() throws BackupException {
        if (turn(Job.State.PAUSED, Job.State.RUNNING, null)) {
            line(JobLine.Level.INFO, "goes on");
        }
        synchronized (this) {
            if (pausedIn != null) {
                String phase = pausedIn;
                pausedIn = null;
                post(new JobProgress(id(), Job.State.RUNNING, phase, progress.files(), progress.bytes(), progress.stored()));
            }
        }
    }

    private boolean turn(Job.State from, Job.State to, String why) throws BackupException {
        return catalog.write(edit -> {
            Job row = edit.job(id()).filter(known -> known.state() == from).orElse(null);
            if (row != null) {
                edit.putJob(row.waiting(to, why));
            }
            return row != null;
        });
    }

    /** @param told of it in the job's log, in the same change; null: nothing */
    private void state(Job.State state, String error, int attempts, JobLine told) throws BackupException {
        synchronized (this) {
            pausedIn = null;
        }
        Job now = new Job(job.id(), job.kind(), state, job.client(), job.pool(), job.started(), null, 0, 0, error, job.holds(), attempts,
                job.detour(), job.policy(), job.order(), null);
        catalog.write(edit -> {
            if (edit.job(id()).filter(row -> row.state().ended()).isPresent()) {
                throw gone();
            }
            edit.putJob(now);
            if (told != null) {
                edit.addLine(told);
            }
            return null;
        });
        job = now;
        if (told != null) {
            log.tell(told.level(), told.text());
        }
    }

    /**
     * The row as it is, for a change of this attempt's.
     *
     * @throws BackupException {@code offer.gone} if the job has ended, waits, or is in another attempt
     */
    private Job own(CatalogView view) throws BackupException {
        return view.job(id()).filter(row -> running(row.state()) == running(job.state()) && row.attempts() == job.attempts()).orElseThrow(this::gone);
    }

    private static Job.State running(Job.State state) {
        return state == Job.State.PAUSED ? Job.State.RUNNING : state;
    }

    private BackupException gone() {
        return BackupException.operator(Obstacle.OFFER_GONE, id().toString(), "attempt " + job.attempts() + " of job " + id() + " is over: the job has ended, or goes on otherwise");
    }

    /** Another server had it meanwhile: what the catalog says now is so. A pause was of whoever had it: the attempt goes on with what this server finds. */
    public void reread() throws BackupException {
        Job row = catalog.read(view -> view.job(id())).orElse(job);
        job = row.state() == Job.State.PAUSED ? row.waiting(Job.State.RUNNING, null) : row;
    }

    /**
     * Chooses the snapshot this job relies on and holds it, in one transaction: no prune comes between. The job's end lets go of it.
     *
     * @param choice null: it relies on none
     */
    public SnapshotId hold(CatalogStore.Query<SnapshotId> choice) throws BackupException {
        Job before = job;
        SnapshotId[] held = new SnapshotId[1];
        job = catalog.write(edit -> {
            held[0] = choice.run(edit);
            edit.putJob(with(own(edit), before.pool(), before.detour(), held[0]));
            return with(before, before.pool(), before.detour(), held[0]);
        });
        return held[0];
    }

    /**
     * Holds this snapshot, unless an earlier attempt does: it may be deleted meanwhile, and its data stay until this ends.
     *
     * @param before for people, like {@code its restore began}
     * @throws BackupException {@code snapshot.unknown}
     */
    public void hold(SnapshotId snapshot, String before) throws BackupException {
        if (!snapshot.equals(job.holds()) && hold(view -> view.snapshot(snapshot).map(Snapshot::id).orElse(null)) == null) {
            throw BackupException.operator("snapshot.unknown", snapshot.toString(), "snapshot " + snapshot + " was deleted before " + before);
        }
    }

    /**
     * Before anything of it is there: it lets go of what it held elsewhere.
     *
     * @param detour why not to the pool that it is meant for, null if it goes there
     */
    public void goesTo(PoolName pool, String detour) throws BackupException {
        Job before = job;
        if (pool.equals(before.pool()) && Objects.equals(detour, before.detour())) {
            return;
        }
        SnapshotId holds = pool.equals(before.pool()) ? before.holds() : null;
        catalog.write(edit -> {
            edit.putJob(with(own(edit), pool, detour, holds));
            return null;
        });
        job = with(before, pool, detour, holds);
        line(detour == null ? JobLine.Level.INFO : JobLine.Level.WARN, detour == null ? "goes to pool " + pool : "goes to pool " + pool + ", for " + detour);
    }

    private static Job with(Job row, PoolName pool, String detour, SnapshotId holds) {
        return new Job(row.id(), row.kind(), row.state(), row.client(), pool, row.started(), null, 0, 0, row.error(), holds, row.attempts(), detour, row.policy(), row.order(), null);
    }

    /** The row of the job's end; the caller puts it, alone or together with what the job made. */
    public Job ended(Job.State state, long files, long bytes, String error, byte[] result) {
        return new Job(job.id(), job.kind(), state, job.client(), job.pool(), job.started(), Instant.now(), files, bytes, error, null,
                job.attempts(), job.detour(), job.policy(), job.order(), result);
    }

    /**
     * Ends the job in one change with what it made, which is refused as a whole unless this attempt is the one under way. If the answer to it is lost, the job's row says what became of it.
     *
     * @param made puts that; what it returns is the row of the job's end, by {@link #ended}
     * @return the row, which is in the catalog
     * @throws BackupException {@link LostAnswer#is}: nobody can say whether it is; else nothing is, as with {@code offer.gone}
     */
    public Job end(CatalogStore.Change<Job> made) throws BackupException {
        Job[] end = new Job[1];
        try {
            return catalog.write(edit -> {
                own(edit);
                end[0] = made.run(edit);
                edit.putJob(end[0]);
                return end[0];
            });
        } catch (BackupException e) {
            if (!LostAnswer.is(e)) {
                throw e;
            }
            new LostAnswer(e).require(catalog, end[0]);
            log.tell(JobLine.Level.WARN, "its end is in the catalog, though the answer was lost: " + e.getMessage());
            return end[0];
        }
    }

    /**
     * The job ends here without having come to its end, unless it has come there: its row decides. The job's log says why in either case.
     *
     * @return the end that it has come to; empty: none, and this one is in the catalog
     */
    public Optional<Job> broken(Job end, JobLine.Level level) throws BackupException {
        Optional<Job> known = Optional.empty();
        try {
            known = catalog.write(edit -> {
                Optional<Job> row = edit.job(id()).filter(now -> now.state().ended());
                if (row.isEmpty()) {
                    edit.putJob(end);
                }
                edit.addLine(row.isEmpty() ? log.of(level, end.error()) : log.of(JobLine.Level.WARN, BEHIND + end.error()));
                return row;
            });
        } finally {
            log.tell(known.isEmpty() ? level : JobLine.Level.WARN, (known.isEmpty() ? "" : BEHIND) + end.error());
        }
        return known;
    }

    /**
     * Writes the job's end alone.
     *
     * @param error null unless it failed
     */
    public Job settle(Job.State state, long files, long bytes, String error, JobResult result) throws BackupException {
        return end(edit -> ended(state, files, bytes, error, JobCodecs.RESULTS.encode(result)));
    }

    /** Says that the row is in the catalog. */
    public synchronized void committed(Job end) {
        job = end;
        post(new JobProgress(end.id(), end.state(), end.state().word(), end.files(), end.bytes(), progress.stored()));
    }

    public synchronized void phase(String phase) {
        if (pausedIn == null) {
            post(new JobProgress(id(), job.state(), phase, progress.files(), progress.bytes(), progress.stored()));
        } else {
            pausedIn = phase;
        }
    }

    public synchronized void progress(long files, long bytes, long stored) {
        post(new JobProgress(id(), pausedIn == null ? job.state() : Job.State.PAUSED, progress.phase(), files, bytes, stored));
    }

    /** Nothing is told behind the end: reports can still be on their way then. */
    private synchronized void post(JobProgress now) {
        if (progress != null && progress.state().ended()) {
            return;
        }
        progress = now;
        board.post(now);
    }

    /** Adds a line to the job's log. */
    public void line(JobLine.Level level, String text) {
        log.line(level, text);
    }
}
