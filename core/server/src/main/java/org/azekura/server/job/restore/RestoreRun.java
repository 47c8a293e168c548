package org.azekura.server.job.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.place.SnapshotPlaces;
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
    private List<JobResult.Elsewhere> came = List.of();

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
        try (RecallChoice choice = RecallChoice.of(places, served, trees, order.paths(), owner.trustGroup())) {
            place = choice.place().pool();
            choice.tell(record, places, served, pool);
            Parties parties = new Parties(stage.hosts().client(here), choice.place().node());
            lying = choice.lying();
            if (order.dryRun()) {
                return restore(places, choice, parties, trees, unknown, null);
            }
            choice.requireAny();
            Job end = restore(places, choice, parties, trees, unknown, choice.recalling());
            choice.requireAll();
            return end;
        }
    }

    /** @param recalling null for a plan in tree order */
    private Job restore(SnapshotPlaces places, RecallChoice choice, Parties parties, TreeReader trees, List<PathProblem> unknown, Recalling recalling) throws BackupException {
        ConnectedNode node = parties.node();
        boolean ended = false;
        boolean later = false;
        try {
            ClientOrder.Earlier earlier = earlier();
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
            ClientReport report;
            try (Elsewhere elsewhere = new Elsewhere(stage, record, places, pool, choice.place(), owner, parties);
                    QuestionStream _ = QuestionStream.open(parties, record, outcome, elsewhere)) {
                PlanSender sender = new PlanSender(stage, record, pool, place, owner.trustGroup(), outcome, halt, elsewhere::planned);
                report = sender.carry(parties, trees, snapshot.root(), order.paths(), point == null ? null : point.done(), recalling);
                came = elsewhere.came();
            }
            ended = true;
            return recalling != null && recalling.late() > 0 ? null : settle(report, unknown);
        } catch (BackupException e) {
            later = Verdict.of(e, goesOn) != Verdict.ENDS;
            throw e;
        } finally {
            limits.end(record.id());
            parties.release(record, ended, later);
        }
    }

    /** Null if this is the first attempt. What the earlier ones could not restore is told with what this one can't. */
    private ClientOrder.Earlier earlier() throws BackupException {
        if (!goesOn) {
            return null;
        }
        List<PathProblem> problems = new ArrayList<>();
        RestorePoint point = points.load(problems);
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

    private Job settle(ClientReport report, List<PathProblem> unknown) throws BackupException {
        ClientReport.Restored restored = end(report, ClientReport.Restored.class);
        List<PathProblem> problems = new ArrayList<>(unknown);
        problems.addAll(outcome.problems());
        problems.stream().limit(100).forEach(problem -> record.line(JobLine.Level.WARN, problem.path() + ": " + problem.reason()));
        record.line(JobLine.Level.INFO, restored.files() + " files, " + restored.bytes() + " bytes restored to " + order.target() + " on client " + here + ", "
                + problems.size() + " not");
        came.forEach(one -> record.line(JobLine.Level.WARN, one.chunks() + " chunks, " + one.bytes() + " bytes of it came from pool " + one.pool() + ": where it was read first they can't be read"));
        if (!came.isEmpty() || problems.stream().anyMatch(problem -> !problem.ranges().isEmpty())) {
            new DamagedSnapshots(stage.catalog()).remember(place.name(), List.of(snapshot.id()));
        }
        points.forget();
        return record.settle(problems.isEmpty() ? Job.State.DONE : Job.State.WARNED, restored.files(), restored.bytes(), null,
                new JobResult.Restore(restored.files(), restored.bytes(), problems, lying, came));
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
