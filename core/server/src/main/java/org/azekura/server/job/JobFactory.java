package org.azekura.server.job;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.StreamSource;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.api.server.JobOrder;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.job.backup.BackupRun;
import org.azekura.server.job.client.Attendance;
import org.azekura.server.job.client.ContentReader;
import org.azekura.server.job.client.LimitDesk;
import org.azekura.server.job.copy.CopyRun;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.drill.DrillRun;
import org.azekura.server.job.drill.FileSample;
import org.azekura.server.job.errand.DriverRun;
import org.azekura.server.job.errand.DriverWork;
import org.azekura.server.job.errand.LibraryRun;
import org.azekura.server.job.errand.LibraryWork;
import org.azekura.server.job.expire.ExpireRun;
import org.azekura.server.job.heal.Healing;
import org.azekura.server.job.lock.LockRun;
import org.azekura.server.job.mount.MountRun;
import org.azekura.server.job.place.Destination;
import org.azekura.server.job.place.ServedSets;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.prune.PruneRun;
import org.azekura.server.job.rebuild.RebuildRun;
import org.azekura.server.job.recycle.ForgetRun;
import org.azekura.server.job.recycle.RepackRun;
import org.azekura.server.job.restore.RestoreRun;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.OtherJobs;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.azekura.server.job.verify.HealRun;
import org.azekura.server.job.verify.VerifyRun;
import org.azekura.server.media.NamedVolume;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.PoolChoice;
import org.azekura.server.pool.PoolRevival;
import org.azekura.server.pool.Unread;
import org.azekura.server.protection.AbsolutePath;
import org.azekura.server.prune.LiveCounts;
import org.azekura.server.retention.Ages;
import org.azekura.server.retention.RetentionDesk;

/** Checks orders before anything is queued, and turns them into runs. */
public final class JobFactory {

    private final Stage stage;
    private final LiveCounts counts = new LiveCounts();
    private final SnapshotBrowser snapshots;
    private final RetentionDesk retention;
    private final LimitDesk limits;
    private final Attendance attendance;
    private final Runnable rebuilt;
    private final DriverWork drivers;
    private final LibraryWork libraries;

    /** @param rebuilt called when a catalog was made anew */
    public JobFactory(Stage stage, SnapshotBrowser snapshots, Runnable rebuilt, DriverWork drivers, LibraryWork libraries) {
        this.stage = stage;
        this.drivers = drivers;
        this.libraries = libraries;
        this.rebuilt = rebuilt;
        this.attendance = new Attendance(stage);
        this.snapshots = snapshots;
        this.retention = new RetentionDesk(stage.catalog(), Ages.of(stage.clock()));
        this.limits = new LimitDesk(stage.catalog(), Clock.systemDefaultZone());
    }

    /** How fast running jobs may be has changed. */
    void limitsChanged() {
        limits.review();
    }

    Parking parking() {
        return new Parking(stage);
    }

    /** @throws BackupException naming what does not exist, may not be, or is not there now */
    Checked check(JobOrder order) throws BackupException {
        Checked found = find(order);
        if (found.needsCatalog()) {
            stage.catalog().read(view -> {
                PoolRevival.requireNone(view);
                return null;
            });
        }
        switch (found) {
            case Checked.Backup(var ordered, var owner, var into) -> {
                into.require();
                attendance.require(found.worker());
            }
            case Checked.Restore(var ordered, var snapshot, var owner, var client, var pool) -> {
                new SnapshotPlaces(stage, snapshot, ordered.fromCopy()).requireAny();
                requireReachable(client, owner);
                stage.vault().keys(pool);
            }
            case Checked.Drill(var ordered, var snapshot, var owner, var client, var pool) -> {
                new SnapshotPlaces(stage, snapshot, ordered.fromCopy()).requireAny();
                requireReachable(client, owner);
                stage.vault().keys(pool);
            }
            case Checked.Mount(var ordered, var snapshot, var owner, var client, var pool) -> requireReading(snapshot, client, pool);
            case Checked.Download(var ordered, var snapshot, var owner, var client, var pool) -> requireReading(snapshot, client, pool);
            case Checked.Copy(var ordered, var source, var target, var snapshot) -> {
                requireAll(snapshot == null ? stage.catalog().read(view -> MediaSets.of(view, source)) : List.of(source));
                require(stage.pools().sets().open(target));
                for (Pool side : List.of(source, target)) {
                    stage.hosts().node(side.node());
                }
            }
            case Checked.Verify(var ordered, var pools, var snapshot, var pool, var volume) -> {
                requireAll(pools);
                if (ordered.depth() == JobOrder.Depth.CONTENT) {
                    for (Pool each : pools) {
                        stage.vault().keys(each);
                        if (!stage.pools().sets().isOpen(each) && stage.pools().offline().containsKey(each.name())) {
                            continue;
                        }
                        ContentReader.choose(stage, each, snapshot);
                    }
                }
            }
            case Checked.Prune(var ordered, var pools) -> requireAll(pools);
            case Checked.Heal(var ordered, var where, var pool) -> require(where);
            case Checked.Lock _, Checked.Expire _, Checked.Rebuild _, Checked.Driver _, Checked.OfLibrary _ -> {}
        }
        return found;
    }

    /** The same for an order that is carried out as soon as whom it needs is there. */
    Checked find(JobOrder order) throws BackupException {
        return switch (order) {
            case JobOrder.Backup backup -> find(backup);
            case JobOrder.Restore restore -> find(restore);
            case JobOrder.Drill drill -> find(drill);
            case JobOrder.Mount mount -> find(mount);
            case JobOrder.Download download -> find(download);
            case JobOrder.Copy copy -> find(copy);
            case JobOrder.Verify verify -> find(verify);
            case JobOrder.Heal heal -> find(heal);
            case JobOrder.Lock lock -> find(lock);
            case JobOrder.Prune prune -> find(prune);
            case JobOrder.Expire expire -> find(expire);
            case JobOrder.Rebuild rebuild -> find(rebuild);
            case JobOrder.Driver driver -> new Checked.Driver(driver);
            case JobOrder.OfLibrary library -> new Checked.OfLibrary(library, libraries.check(library));
        };
    }

    private Checked find(JobOrder.Backup asked) throws BackupException {
        JobOrder.Backup order = new KeptOrder(stage.catalog(), new ClientName(stage.localNode().value())).complete(asked);
        if (order.stream() != null) {
            check(order, order.stream());
        } else if (order.hooks().dump() != null) {
            check(order, new StreamSource(RawPath.of(order.hooks().dump().value()), 0));
        } else if (order.saveSet().roots().isEmpty()) {
            throw BackupException.operator("path.none", "", "a backup needs at least one path, like /srv");
        }
        for (RawPath root : order.saveSet().roots()) {
            AbsolutePath.require(root);
        }
        if (order.via() != null) {
            client(order.via());
        }
        Client owner = client(order.client());
        Pool pool = new PoolChoice(stage.pools(), stage.catalog()).meant(owner.name(), order.saveSet(), order.pool());
        return new Checked.Backup(order, owner, new Destination(stage, order, owner.name(), pool, Parking.canGoOn(order)));
    }

    private static void check(JobOrder.Backup order, StreamSource stream) throws BackupException {
        if (!order.saveSet().roots().isEmpty() || order.dryRun()) {
            throw BackupException.operator("stdin.alone", stream.name().toString(), "a stream or a dump is saved without paths and not as a dry run");
        }
        if (!stream.name().isName()) {
            throw BackupException.operator("stdin.name", stream.name().toString(), "\"" + stream.name()
                    + "\" is no name of a file; like db.sql");
        }
    }

    private Checked find(JobOrder.Restore order) throws BackupException {
        AbsolutePath.require(order.target());
        for (RawPath path : order.paths()) {
            AbsolutePath.require(path);
        }
        Snapshot snapshot = snapshots.find(order.snapshot().toString());
        Client owner = client(snapshot.client());
        Client target = order.client() == null ? owner : client(order.client());
        if (order.hooks().dump() != null) {
            throw BackupException.operator("hook.invalid", order.hooks().dump().value(), "a restore calls no hook that dumps");
        }
        return new Checked.Restore(order.completed(snapshot.id(), target.name(), owner.name()), snapshot, owner, target.name(), stage.pools().get(snapshot.pool()));
    }

    private Checked find(JobOrder.Drill order) throws BackupException {
        Snapshot snapshot = snapshots.find(order.snapshot().toString());
        Client owner = client(snapshot.client());
        Client here = order.client() == null ? owner : client(order.client());
        JobOrder.Drill complete = order.completed(snapshot.id(), here.name(), owner.name(), FileSample.seed());
        FileSample.require(complete.sample());
        return new Checked.Drill(complete, snapshot, owner, here.name(), stage.pools().get(snapshot.pool()));
    }

    private Checked find(JobOrder.Mount order) throws BackupException {
        Snapshot snapshot = snapshots.find(order.snapshot().toString());
        ClientName here = order.client() == null ? new ClientName(stage.localNode().value()) : order.client();
        return new Checked.Mount(order, snapshot, client(snapshot.client()), client(here).name(), stage.pools().get(snapshot.pool()));
    }

    private Checked find(JobOrder.Download order) throws BackupException {
        Snapshot snapshot = snapshots.find(order.snapshot().toString());
        return new Checked.Download(order, snapshot, client(snapshot.client()), client(order.client()).name(), stage.pools().get(snapshot.pool()));
    }

    private Checked find(JobOrder.Copy order) throws BackupException {
        Snapshot snapshot = order.snapshot() == null ? null : snapshots.find(order.snapshot().toString());
        Pool source = stage.pools().get(snapshot == null ? order.pool() : snapshot.pool());
        Pool target = stage.pools().get(order.to());
        if (stage.pools().sets().head(source).name().equals(stage.pools().sets().head(target).name())) {
            throw BackupException.operator("copy.same", target.name().value(), "pool " + target.name() + " is where they are; name another pool with --to");
        }
        return new Checked.Copy(order, source, target, snapshot);
    }

    private Checked find(JobOrder.Verify order) throws BackupException {
        if (order.snapshot() != null) {
            Snapshot snapshot = snapshots.find(order.snapshot().toString());
            return new Checked.Verify(order, List.of(stage.pools().get(snapshot.pool())), snapshot, snapshot.pool());
        }
        if (order.volume() != null) {
            Volume volume = NamedVolume.in(stage.catalog(), order.volume());
            Optional<Replica> replica = stage.catalog().read(view -> view.replica(volume.pool()));
            // packs of copies lie on a pool's cartridges, too, or have a volume of their own
            List<Pool> there = replica.isPresent() ? List.of(stage.catalog().read(view -> view.pool(volume.pool())).orElseThrow())
                    : stage.pools().onMediaOf(stage.pools().get(volume.pool()));
            // one that has time for a part only comes to each of them when its turn is
            List<Pool> sorted = stage.catalog().read(view -> Unread.longestFirst(view, there, volume.id()));
            return new Checked.Verify(order, sorted, null, replica.map(Replica::within).orElse(volume.pool()), volume.id());
        }
        if (order.pool() != null) {
            return new Checked.Verify(order, stage.pools().withReplicas(List.of(stage.pools().get(order.pool()))), null, order.pool());
        }
        return new Checked.Verify(order, stage.pools().withReplicas(stage.pools().list()), null, null);
    }

    private Checked find(JobOrder.Heal order) throws BackupException {
        if (order.packs().isEmpty() || order.packs().size() > JobOrder.Heal.MAX_PACKS) {
            throw BackupException.operator("pack.number", order.pool().value(), "name 1 to " + JobOrder.Heal.MAX_PACKS + " packs; \"azekura verify --pool "
                    + order.pool() + "\" heals all of them");
        }
        Optional<Replica> replica = stage.catalog().read(view -> view.replica(order.pool()));
        Pool where = replica.isEmpty() ? stage.pools().get(order.pool()) : stage.catalog().read(view -> view.pool(order.pool())).orElseThrow();
        return new Checked.Heal(order, where, replica.map(Replica::within).orElse(order.pool()));
    }

    private Checked find(JobOrder.Lock order) throws BackupException {
        return new Checked.Lock(order, stage.pools().withReplicas(List.of(stage.pools().get(order.pool()))));
    }

    private Checked find(JobOrder.Prune order) throws BackupException {
        return new Checked.Prune(order, stage.pools().withReplicas(order.pool() == null ? stage.pools().list()
                : List.of(stage.pools().get(order.pool()))));
    }

    private Checked find(JobOrder.Expire order) throws BackupException {
        retention.requireKnown(order.policy());
        return new Checked.Expire(order);
    }

    /** But for closed media sets: one in the vault keeps nobody from looking after the others. */
    private void requireAll(List<Pool> pools) throws BackupException {
        for (Pool pool : pools) {
            try {
                require(pool);
            } catch (BackupException e) {
                if (pools.size() == 1 || stage.pools().sets().isOpen(pool)) {
                    throw e;
                }
            }
        }
    }

    private static Checked find(JobOrder.Rebuild order) throws BackupException {
        if (order.from().isEmpty()) {
            throw BackupException.operator("volume.none", "", "name at least one folder that holds a volume, like /mnt/disk");
        }
        return new Checked.Rebuild(order);
    }

    private void require(Pool pool) throws BackupException {
        stage.pools().require(pool, new LostPacks(stage));
    }

    private void requireReading(Snapshot snapshot, ClientName reader, Pool pool) throws BackupException {
        new SnapshotPlaces(stage, snapshot, null).requireAny();
        attendance.require(reader);
        stage.vault().keys(pool);
    }

    /** Who has its data collected by another may be no host that restores. */
    private void requireReachable(ClientName target, Client owner) throws BackupException {
        try {
            attendance.require(target);
        } catch (BackupException e) {
            if (target.equals(owner.name()) && owner.lastSeen() == null && e.failure().code().equals("client.offline")) {
                throw BackupException.network("client.offline", target.value(), "client " + target
                        + " never came: another collects its data; say with --client who restores", null);
            }
            throw e;
        }
    }

    private Client client(ClientName name) throws BackupException {
        return stage.catalog().read(view -> view.client(name)).orElseThrow(() -> BackupException.operator("client.unknown", name.value(),
                "there is no client " + name + "; \"azekura client list\" names them all"));
    }

    /** @param goesOn whether a backup or restore may take over what an earlier run of the same job made durable */
    Run run(Checked checked, JobRecord record, OtherJobs others, boolean goesOn) {
        return switch (checked) {
            case Checked.Backup(var order, var owner, var into) -> new BackupRun(stage, record, order, owner, into, others, limits,
                    goesOn);
            case Checked.Restore(var order, var snapshot, var owner, var client, var pool) -> new RestoreRun(stage, record, order, snapshot,
                    owner, client, pool, limits, goesOn);
            case Checked.Drill(var order, var snapshot, var owner, var client, var pool) -> new DrillRun(stage, record, order, snapshot, owner, client, pool, limits);
            case Checked.Mount(var order, var snapshot, var owner, var client, var pool) -> new MountRun(stage, record, order.stream(), MountRun.Purpose.FILE_SYSTEM, List.of(), snapshot, owner, client, pool);
            case Checked.Download(var order, var snapshot, var owner, var client, var pool) -> new MountRun(stage, record, order.stream(), MountRun.Purpose.DOWNLOAD, order.paths(), snapshot, owner, client, pool);
            case Checked.Copy(var order, var source, var target, var snapshot) -> new CopyRun(stage, record, source, target, snapshot, halt -> new Healing(stage, record, halt, false));
            case Checked.Verify(var order, var pools, var snapshot, var pool, var volume) -> new VerifyRun(stage, record, order, new ServedSets(stage, record).readable(pools), snapshot, volume);
            case Checked.Heal(var order, var where, var pool) -> new HealRun(stage, record, where, order.packs());
            case Checked.Lock(var order, var places) -> new LockRun(stage, record, places, Ages.of(stage.clock()));
            case Checked.Prune(var order, var pools) -> new PruneRun(stage, record, order.pool() == null ? there(record, pools) : pools, order, others, counts);
            case Checked.Expire(var order) -> new ExpireRun(stage, record, order, retention, snapshots::delete);
            case Checked.Rebuild(var order) -> new RebuildRun(stage, record, order, rebuilt);
            case Checked.Driver(var order) -> new DriverRun(record, order, drivers);
            case Checked.OfLibrary(JobOrder.Repack order, var pool) -> new RepackRun(stage, record, order);
            case Checked.OfLibrary(JobOrder.Forget order, var pool) -> new ForgetRun(stage, record, order);
            case Checked.OfLibrary(var order, var pool) -> new LibraryRun(record, order, libraries);
        };
    }

    /** Of all pools those whose node is there: one that is away for weeks must not fill the others. */
    private List<Pool> there(JobRecord record, List<Pool> pools) {
        List<Pool> there = pools.stream().filter(pool -> stage.hosts().isConnected(pool.node())).toList();
        if (there.isEmpty()) {
            return pools; // what fails then says why
        }
        pools.stream().filter(pool -> !there.contains(pool)).forEach(pool -> record.line(JobLine.Level.WARN, "pool " + pool.name()
                + " is left as it is: storage node " + pool.node() + " is not connected"));
        return there;
    }
}
