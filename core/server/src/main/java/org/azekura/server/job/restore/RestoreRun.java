package org.azekura.server.job.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.RestorePoint;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Snapshots;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.client.ClientRun;
import org.azekura.server.job.client.LimitDesk;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.place.Wanted;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Stage;
import org.azekura.server.job.run.Verdict;

/**
 * A restore: the server walks the wanted part of the snapshot, asks the node where the chunks lie, and sends the client
 * batch after batch with the keys of exactly those chunks; the client reads them straight from the node.
 */
public final class RestoreRun extends ClientRun {

    private final Stage stage;
    private final JobOrder.Restore order;
    private final Snapshot snapshot;
    private final Client owner;
    private final Pool pool;
    private final LimitDesk limits;
    /** Where it is read: the pool itself, or a replica of it. */
    private volatile Pool place;
    private final boolean goesOn;
    private final RestorePoints points;
    private List<Snapshots.Lying> lying = List.of();
    private Met met = Met.NOTHING;
    private List<Job> heals = List.of();

    /** @param goesOn whether an earlier run of this job may have restored something already */
    public RestoreRun(Stage stage, JobRecord record, JobOrder.Restore order, Snapshot snapshot, Client owner, ClientName target, Pool pool,
            LimitDesk limits, boolean goesOn) {
        super(record, target);
        this.stage = stage;
        this.order = order;
        this.snapshot = snapshot;
        this.owner = owner;
        this.pool = pool;
        this.limits = limits;
        this.goesOn = goesOn && !order.dryRun();
        this.points = new RestorePoints(stage.catalog(), record.id());
    }

    @Override
    public Job carryOut() throws BackupException {
        SnapshotPlaces places = new SnapshotPlaces(stage, snapshot, order.fromCopy());
        List<SnapshotPlaces.Served> served = places.served();
        record.hold(snapshot.id(), "its restore began");
        TreeReader trees = SnapshotBrowser.reader(stage.trees(), stage.vault(), pool);
        List<PathProblem> unknown = unknownPaths(trees);
        record.phase("planning");
        try (RecallChoice choice = RecallChoice.of(places, served, trees, order.paths(), owner.trustGroup(), order.thaw())) {
            place = choice.place().pool();
            choice.tell(record, places, served, pool);
            Parties parties = new Parties(stage.hosts().client(here), choice.place().node());
            lying = order.dryRun() ? choice.lying(Wanted.of(trees, snapshot, order.paths())) : choice.lying();
            Attempt attempt = new Attempt(places, choice.place(), parties, trees, unknown, choice.standsIn(places, served, pool));
            if (order.dryRun()) {
                return restore(attempt, null);
            }
            choice.requireAny();
            choice.requireThawed(stage, record);
            Job end = restore(attempt, choice.recalling());
            choice.requireAll();
            return end;
        }
    }

    /**
     * One attempt.
     *
     * @param unknown paths that the snapshot does not have
     * @param standsIn whether the place is read because the snapshot's own pool does not answer
     */
    private record Attempt(SnapshotPlaces places, SnapshotPlaces.Served place, Parties parties, TreeReader trees, List<PathProblem> unknown, boolean standsIn) {}

    /** @param recalling null for a plan in tree order */
    private Job restore(Attempt attempt, Recalling recalling) throws BackupException {
        Parties parties = attempt.parties;
        ConnectedNode node = parties.node();
        boolean ended = false;
        boolean later = false;
        try {
            ClientOrder.Earlier earlier = earlier(recalling != null);
            RestorePoint point = earlier == null ? null : earlier.point();
            record.phase("preparing");
            node.ask(new NodeOrder.PrepareVolume(record.id(), place.name(), here, owner.trustGroup(), false), PoolAnswer.VolumeReady.class,
                    Orders.PREPARE);
            limits.begin(record.id(), here, order.limit(), limit -> parties.client().order(limit, Orders.PROMPT));
            parties.client().order(new ClientOrder.Restore(record.id(), place.name(), stage.tickets().read(record.id(), place.name(),
                    parties.client(), owner, node), order.target(), order.overwrite(), order.dryRun(), earlier, owner.name(), order.hooks(), recalling != null), Orders.PROMPT);
            record.line(JobLine.Level.INFO, "client " + here + " restores " + (here.equals(owner.name()) ? "its own data" : "data of client " + owner.name())
                    + " from snapshot " + snapshot.id());
            record.phase("restoring");
            ClientReport.Restored restored = end(carry(attempt, point, recalling), ClientReport.Restored.class);
            ended = true;
            return recalling != null && recalling.late() > 0 ? null : settle(restored, attempt.unknown);
        } catch (BackupException e) {
            BackupException why = new LostPlace(attempt.places, record, halt).reason(attempt.place, e);
            later = Verdict.of(why) != Verdict.ENDS;
            throw why;
        } finally {
            limits.end(record.id());
            parties.release(record, ended, later);
        }
    }

    private ClientReport carry(Attempt attempt, RestorePoint point, Recalling recalling) throws BackupException {
        try (Elsewhere elsewhere = new Elsewhere(stage, record, attempt.places, pool, attempt.place, owner, attempt.parties)) {
            try (QuestionStream _ = QuestionStream.open(attempt.parties.client().open(), record.id(), outcome, elsewhere)) {
                PlanSender sender = new PlanSender(stage, record, pool, place, owner.trustGroup(), outcome, halt, elsewhere.planned()::add);
                ClientReport report = sender.carry(attempt.parties, attempt.trees, snapshot.root(), order.paths(), point == null ? null : point.done(), recalling);
                if (report instanceof ClientReport.Restored(var job, long files, long bytes)) {
                    record.progress(files, bytes, record.progress().stored());
                }
                return report;
            } finally {
                if (!order.dryRun()) {
                    remember(attempt, elsewhere, point);
                }
            }
        }
    }

    /** For the result, also if it is another attempt that comes to an end. */
    private void remember(Attempt attempt, Elsewhere elsewhere, RestorePoint point) throws BackupException {
        met = elsewhere.met();
        if (attempt.standsIn) {
            long chunks = elsewhere.planned().count() - met.came().stream().mapToLong(JobResult.Elsewhere::chunks).sum();
            long bytes = record.progress().bytes() - (point == null ? 0 : point.bytes()) - met.came().stream().mapToLong(JobResult.Elsewhere::bytes).sum();
            met = met.and(new Met(List.of(new JobResult.Elsewhere(attempt.places.within(attempt.place.pool()), Math.max(0, chunks), Math.max(0, bytes))), Set.of()));
        }
        met = new Met(points.elsewhere(), Set.of()).and(met);
        if (!met.came().isEmpty()) {
            points.keep(met.came());
        }
    }

    /**
     * Null if this is the first attempt. What the earlier ones could not restore is told with what this one can't.
     *
     * @param asItLies whether the plan is in no order, in which a path tells nothing of what is done
     */
    private ClientOrder.Earlier earlier(boolean asItLies) throws BackupException {
        if (!goesOn) {
            return null;
        }
        List<PathProblem> problems = new ArrayList<>();
        RestorePoint point = points.load(problems);
        if (asItLies && point != null && point.until() == null) {
            points.beginAnew();
            record.line(JobLine.Level.INFO, "begins anew on cartridges: how far it was by path tells nothing of the order in which these are read");
            problems.clear();
            point = null;
        }
        outcome.before(problems);
        if (point != null) {
            record.progress(point.files(), point.bytes(), 0);
            record.line(JobLine.Level.INFO, "goes on with attempt " + record.job().attempts() + ": " + point.files() + " files, "
                    + point.bytes() + " bytes are restored already" + (point.done() == null ? "" : ", up to " + point.done()));
        }
        return new ClientOrder.Earlier(Math.max(0, Duration.between(record.job().started(), Instant.now()).toSeconds()), point);
    }

    private List<PathProblem> unknownPaths(TreeReader trees) throws BackupException {
        List<PathProblem> unknown = new ArrayList<>();
        for (RawPath path : order.paths()) {
            if (!SnapshotBrowser.exists(trees, snapshot.root(), path)) {
                unknown.add(new PathProblem(path, "is not in snapshot " + snapshot.id()));
            }
        }
        if (!unknown.isEmpty() && unknown.size() == order.paths().size()) {
            throw BackupException.operator("path.unknown", unknown.getFirst().path().toString(), unknown.getFirst().path()
                    + " is not in snapshot " + snapshot.id() + "; \"azekura snapshot ls\" shows what is");
        }
        return unknown;
    }

    private Job settle(ClientReport.Restored restored, List<PathProblem> unknown) throws BackupException {
        List<PathProblem> problems = new ArrayList<>(unknown);
        problems.addAll(outcome.problems());
        RestoreEnd.Settled settled = new RestoreEnd(stage, record, snapshot.id(), place.name()).settle(restored, order.target() + " on client " + here, problems, lying, met);
        heals = settled.heals();
        points.forget();
        return settled.end();
    }

    @Override
    public List<Job> next() {
        return heals;
    }

    @Override
    public RawPath target() {
        return order.dryRun() ? null : order.target();
    }

    @Override
    public void report(ClientReport report) throws BackupException {
        super.report(report);
        if (report instanceof ClientReport.Placed(var job, RestorePoint point)) {
            points.keep(point, outcome.problems());
        }
    }
}
