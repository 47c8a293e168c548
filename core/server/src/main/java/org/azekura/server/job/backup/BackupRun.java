package org.azekura.server.job.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.NodeName;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.KeyRing;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.client.ClientOutcome;
import org.azekura.server.job.client.LimitDesk;
import org.azekura.server.job.damage.Compared;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.damage.Surrenders;
import org.azekura.server.job.place.Destination;
import org.azekura.server.job.place.SetRules;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.OtherJobs;
import org.azekura.server.job.run.PackLedger;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.media.Reserve;
import org.azekura.server.pool.SessionBook;
import org.azekura.server.trees.PageAllowances;
import org.azekura.server.trees.TreeStore;

/**
 * A backup. The node prepares the volume while the client collects already; when the client is through, the order of things
 * is: packs durable, positions in the catalog, tree pages durable here, every new id checked, manifest durable on the
 * volume, catalog transaction, acknowledgement.
 */
public final class BackupRun implements Run {

    private final Stage stage;
    private final JobRecord record;
    private final JobOrder.Backup order;
    private volatile Client client;
    /** Who collects: the client itself, or another on its behalf. */
    private final ClientName collector;
    private final Destination into;
    private volatile Pool pool;
    private final OtherJobs others;
    private final ClientOutcome outcome;
    private final TreeIntake intake;
    private final LimitDesk limits;
    private boolean mayGoOn;
    private volatile boolean committing;
    private List<Job> next = List.of();
    private final AtomicLong stored = new AtomicLong();

    /** @param mayGoOn whether an earlier run of this job may have made something durable that can be taken over */
    public BackupRun(Stage stage, JobRecord record, JobOrder.Backup order, Client client, Destination into, OtherJobs others, LimitDesk limits,
            boolean mayGoOn) {
        this.stage = stage;
        this.record = record;
        this.order = order;
        this.client = client;
        this.collector = order.via() == null ? client.name() : order.via();
        this.outcome = new ClientOutcome(collector);
        this.into = into;
        this.limits = limits;
        this.others = others;
        this.mayGoOn = mayGoOn;
        this.intake = new TreeIntake(stage.trees(), bytes -> stage.allowances().came(this.client.name(), bytes));
    }

    @Override
    public Job carryOut() throws BackupException {
        // Its trust group may have changed before the job was in the catalog; from then on it can't.
        client = stage.catalog().read(view -> view.client(client.name())).orElse(client);
        ConnectedClient host = stage.hosts().client(collector);
        choosePool();
        Parties parties = new Parties(host, stage.hosts().node(pool.node()));
        Compared compared = compared();
        SnapshotId parent = compared.parent();
        boolean goesOn = mayGoOn && !order.dryRun() && new EarlierRuns(stage, record, pool).areWhole(parties.node(), stored);
        if (!order.dryRun()) {
            new PendingManifests(stage.catalog()).withdrawOver(parties.node(), record.id(), pool.name());
        }
        SnapshotId snapshot = SnapshotIds.mint(stage.clock().instant());
        boolean ended = false;
        boolean full = false;
        try {
            begin(parties, parent, snapshot, goesOn);
            ClientReport report = outcome.await(Orders.SILENCE);
            ended = true;
            if (!(report instanceof ClientReport.Collected collected)) {
                throw BackupException.operator("message.unexpected", collector.value(), "client " + collector
                        + " ended a backup with " + report.getClass().getSimpleName());
            }
            List<PathProblem> problems = outcome.problems();
            warn(problems);
            if (order.dryRun()) {
                return listed(problems);
            }
            committing = true;
            record.phase("committing");
            SnapshotCommit commit = new SnapshotCommit(stage, record, parties, client, pool, compared, order.copyTo());
            Job end = commit.commit(snapshot, collected, problems, intake, stored.get(), goesOn);
            next = commit.next();
            stage.allowances().settled(client.name());
            return end;
        } catch (BackupException e) {
            full = e.failure().code().equals(Obstacle.FULL);
            throw full ? onNode(e.failure(), e) : e;
        } finally {
            limits.end(record.id());
            parties.release(record, ended);
            if (full) {
                into.filled(pool.name()); // behind the release: unfinished packs are gone only then
            }
        }
    }

    /** What an attempt has stored in another pool is of no use in this one: there it begins anew. */
    private void choosePool() throws BackupException {
        Destination.Way way = into.choose(mayGoOn ? record.job() : null);
        mayGoOn &= way.pool().name().equals(record.job().pool());
        // one that goes on belongs to the set in which it began
        pool = mayGoOn || order.dryRun() ? way.pool() : new SetRules(stage, record).before(way.pool());
        record.goesTo(pool.name(), way.detour());
        if (!order.dryRun()) {
            stage.pools().look(pool, stage.hosts().node(pool.node()), new LostPacks(stage));
        }
        Optional<Reserve> reserve = stage.pools().media().reached(pool, stage.hosts().node(pool.node()));
        if (reserve.isPresent()) {
            record.line(JobLine.Level.WARN, "pool " + pool.name() + ": " + reserve.get().words());
        }
    }

    /**
     * Held from here to the job's end: its client takes over from it what is unchanged, and sends nothing of that.
     */
    private Compared compared() throws BackupException {
        SnapshotId[] damaged = new SnapshotId[1];
        long[] surrenders = new long[1];
        SnapshotId parent = record.hold(view -> {
            surrenders[0] = Surrenders.counted(view, pool.name());
            SnapshotId chosen = new ParentChoice(client.name(), order.saveSet().name(), pool.name()).of(view, record.job().holds(), mayGoOn);
            damaged[0] = chosen != null && DamagedSnapshots.isDamaged(view, chosen) ? chosen : null;
            return damaged[0] == null ? chosen : null;
        });
        if (damaged[0] != null) {
            record.line(JobLine.Level.WARN, "snapshot " + damaged[0] + " lost data; everything is read again, and what was lost is sent again");
        }
        return new Compared(parent, surrenders[0]);
    }

    /** Both orders go out at the same time. */
    private void begin(Parties parties, SnapshotId parent, SnapshotId snapshot, boolean goesOn) throws BackupException {
        ConnectedNode node = parties.node();
        record.phase("collecting");
        FutureTask<PoolAnswer.VolumeReady> volume = order.dryRun() ? null : beside(() -> node.ask(new NodeOrder.PrepareVolume(record.id(),
                pool.name(), collector, client.trustGroup(), true), PoolAnswer.VolumeReady.class, Orders.PREPARE));
        limits.begin(record.id(), parties.client().name(), order.limit(), limit -> parties.client().order(limit, Orders.PROMPT));
        parties.client().order(new ClientOrder.Collect(record.id(), snapshot, client.name(), order.saveSet(), order.stream(), profile(),
                parent, stage.tickets().store(record.id(), pool.name(), parties.client(), client, node), never(), order.dryRun(),
                record.job().attempts(), goesOn, order.hooks()), Orders.PROMPT);
        record.line(JobLine.Level.INFO, "client " + collector + " collects " + order.saveSet().name()
                + (order.via() == null ? "" : " on behalf of client " + client.name()) + (parent == null
                ? ", nothing to compare with" : ", compared with snapshot " + parent) + (goesOn ? ", goes on with attempt " + record.job().attempts() : ""));
        if (volume != null) {
            PoolAnswer.VolumeReady ready = result(volume);
            record.line(JobLine.Level.INFO, "node " + node.name() + " has volume " + ready.label() + " ready at " + ready.location());
        }
    }

    private static <T> FutureTask<T> beside(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("job-volume").start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws BackupException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupException known ? known : BackupException.bug("preparing the volume", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Obstacle.stopping();
        }
    }

    private ClientOrder.PoolProfile profile() throws BackupException {
        // read now: a recipient may have been removed while the job waited
        KeyRing ring = KeyRing.parse(stage.pools().get(pool.name()).keyRing());
        return new ClientOrder.PoolProfile(pool.name(), stage.vault().idKey(pool), ring.epoch(), ring.epochPublicKey(),
                pool.chunkSizes(), pool.compressionLevel());
    }

    /** The appliance's own folders on the collecting client's host: pools kept there, and what running restores fill. */
    private List<RawPath> never() throws BackupException {
        List<RawPath> never = new ArrayList<>(others.targets(collector));
        for (Volume volume : stage.pools().volumesOn(new NodeName(collector.value()))) {
            if (volume.location().startsWith("/")) {
                never.add(RawPath.of(volume.location()));
            }
        }
        return never;
    }

    private void warn(List<PathProblem> problems) {
        problems.stream().limit(100).forEach(problem -> record.line(JobLine.Level.WARN, problem.path() + ": " + problem.reason()));
        if (problems.size() > 100) {
            record.line(JobLine.Level.WARN, "and " + (problems.size() - 100) + " more; the result names them all");
        }
    }

    /** A folder alone does not say on which host it is full. */
    private BackupException onNode(Failure failure, BackupException cause) {
        return new BackupException(new Failure(failure.code(), failure.kind(), failure.retryable(), failure.subject(),
                "storage node " + pool.node() + ": " + failure.message()), cause);
    }

    private Job listed(List<PathProblem> problems) throws BackupException {
        List<RawPath> listed = outcome.listed();
        return record.settle(problems.isEmpty() ? Job.State.DONE : Job.State.WARNED, listed.size(), 0, null,
                new JobResult.Backup(null, listed.size(), 0, 0, problems, listed, pool.name(), record.job().detour(), List.of()));
    }

    @Override
    public List<Job> next() {
        return next;
    }

    @Override
    public void stop(BackupException why) {
        outcome.failed(why);
    }

    @Override
    public boolean committing() {
        return committing;
    }

    @Override
    public ClientName client() {
        return collector;
    }

    @Override
    public List<ChunkId> pages() {
        return intake.pages();
    }

    @Override
    public void report(ClientReport report) {
        outcome.take(report, record);
    }

    @Override
    public void packWritten(NodeName node, NodeReport.PackWritten written) throws BackupException {
        PackLedger.enter(stage.catalog(), pool.name(), node, written, client.name(), client.trustGroup());
        stored.addAndGet(written.size());
        stage.tickets().requireQuota(client.name());
    }

    @Override
    public void trees(StreamOpening.StoreTrees opening, Stream stream) throws BackupException {
        try {
            stage.allowances().requireRoom();
            stage.trees().renew(); // before any page is found to be here already
            // Before any page: a later backup may rely on pages and chunks of this one even if this one fails.
            stage.catalog().write(edit -> {
                SessionBook.enter(edit, new Session(opening.session(), pool.name(), opening.sealedKey()), client.trustGroup());
                return null;
            });
            intake.take(opening, stream);
        } catch (BackupException e) {
            if (PageAllowances.isRefusal(e) || TreeStore.isOfOthers(e)) {
                outcome.failed(e); // before the stream ends: the client only sees that, and takes it for a fault of the network
            }
            throw e;
        }
    }
}
