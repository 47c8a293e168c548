package org.azekura.server.job;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.StreamSource;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.pool.PoolChoice;
import org.azekura.server.pool.PoolRevival;
import org.azekura.server.prune.LiveCounts;

/** Checks orders before anything is queued, and turns them into runs. */
public final class JobFactory {

    private final Stage stage;
    private final LiveCounts counts = new LiveCounts();
    private final SnapshotBrowser snapshots;
    private final LimitDesk limits;

    public JobFactory(Stage stage, SnapshotBrowser snapshots) {
        this.stage = stage;
        this.snapshots = snapshots;
        this.limits = new LimitDesk(stage.catalog(), Clock.systemDefaultZone());
    }

    /** How fast running jobs may be has changed. */
    void limitsChanged() {
        limits.review();
    }

    Parking parking() {
        return new Parking(stage);
    }

    /** An order and what it names, found. */
    sealed interface Checked {

        Job.Kind kind();

        ClientName client();

        PoolName pool();

        record Backup(JobOrder.Backup order, Client owner, Destination into) implements Checked {
            @Override
            public Job.Kind kind() {
                return Job.Kind.BACKUP;
            }

            @Override
            public ClientName client() {
                return owner.name();
            }

            @Override
            public PoolName pool() {
                return into.meant();
            }
        }

        record Restore(JobOrder.Restore order, Snapshot snapshot, Client owner, ClientName client, Pool from) implements Checked {
            @Override
            public Job.Kind kind() {
                return Job.Kind.RESTORE;
            }

            @Override
            public PoolName pool() {
                return from.name();
            }
        }

        record Prune(JobOrder.Prune order, List<Pool> pools) implements Checked {
            @Override
            public Job.Kind kind() {
                return Job.Kind.PRUNE;
            }

            @Override
            public ClientName client() {
                return null;
            }

            @Override
            public PoolName pool() {
                return order.pool();
            }
        }

        /** The order is checked against the catalog when it runs: nothing else may run then. */
        record Rebuild(JobOrder.Rebuild order) implements Checked {
            @Override
            public Job.Kind kind() {
                return Job.Kind.REBUILD;
            }

            @Override
            public ClientName client() {
                return null;
            }

            @Override
            public PoolName pool() {
                return null;
            }
        }

        /** @param pool null if several pools are verified */
        record Verify(JobOrder.Verify order, List<Pool> pools, Snapshot snapshot, PoolName pool) implements Checked {
            @Override
            public Job.Kind kind() {
                return Job.Kind.VERIFY;
            }

            @Override
            public ClientName client() {
                return null;
            }
        }
    }

    /** @throws BackupException naming what does not exist, may not be, or is not there now */
    Checked check(JobOrder order) throws BackupException {
        Checked found = find(order);
        if (found.kind() != Job.Kind.REBUILD) {
            stage.catalog().read(view -> {
                PoolRevival.requireNone(view);
                return null;
            });
        }
        switch (found) {
            case Checked.Backup(var ordered, var owner, var into) -> {
                into.require();
                stage.hosts().client(owner.name());
            }
            case Checked.Restore(var ordered, var snapshot, var owner, var client, var pool) -> {
                require(pool);
                stage.hosts().client(client);
                stage.vault().keys(pool);
            }
            case Checked.Verify(var ordered, var pools, var snapshot, var pool) -> {
                requireAll(pools);
                if (ordered.depth() == JobOrder.Depth.CONTENT) {
                    for (Pool each : pools) {
                        stage.vault().keys(each);
                        ContentReader.choose(stage, each, snapshot);
                    }
                }
            }
            case Checked.Prune(var ordered, var pools) -> requireAll(pools);
            case Checked.Rebuild rebuild -> {}
        }
        return found;
    }

    /** The same for an order that is carried out as soon as whom it needs is there. */
    Checked find(JobOrder order) throws BackupException {
        return switch (order) {
            case JobOrder.Backup backup -> find(backup);
            case JobOrder.Restore restore -> find(restore);
            case JobOrder.Verify verify -> find(verify);
            case JobOrder.Prune prune -> find(prune);
            case JobOrder.Rebuild rebuild -> find(rebuild);
        };
    }

    private Checked find(JobOrder.Backup order) throws BackupException {
        if (order.stream() != null) {
            check(order, order.stream());
        } else if (order.saveSet().roots().isEmpty()) {
            throw BackupException.operator("path.none", "", "a backup needs at least one path, like /srv");
        }
        for (RawPath root : order.saveSet().roots()) {
            absolute(root);
        }
        Client owner = client(order.client() == null ? new ClientName(stage.localNode().value()) : order.client());
        Pool pool = new PoolChoice(stage.pools(), stage.catalog()).meant(owner.name(), order.saveSet(), order.pool());
        return new Checked.Backup(order, owner, new Destination(stage, order, owner.name(), pool));
    }

    private static void check(JobOrder.Backup order, StreamSource stream) throws BackupException {
        if (!order.saveSet().roots().isEmpty() || order.dryRun()) {
            throw BackupException.operator("stdin.alone", stream.name().toString(), "a stream is saved without paths and not as a dry run");
        }
        if (!stream.name().isName()) {
            throw BackupException.operator("stdin.name", stream.name().toString(), "\"" + stream.name()
                    + "\" is no name of a file; like db.sql");
        }
    }

    private Checked find(JobOrder.Restore order) throws BackupException {
        absolute(order.target());
        for (RawPath path : order.paths()) {
            absolute(path);
        }
        Snapshot snapshot = snapshots.find(order.snapshot().toString());
        Client owner = client(snapshot.client());
        Client target = order.client() == null ? owner : client(order.client());
        return new Checked.Restore(order, snapshot, owner, target.name(), stage.pools().get(snapshot.pool()));
    }

    private Checked find(JobOrder.Verify order) throws BackupException {
        if (order.snapshot() != null) {
            Snapshot snapshot = snapshots.find(order.snapshot().toString());
            return new Checked.Verify(order, List.of(stage.pools().get(snapshot.pool())), snapshot, snapshot.pool());
        }
        if (order.pool() != null) {
            return new Checked.Verify(order, List.of(stage.pools().get(order.pool())), null, order.pool());
        }
        return new Checked.Verify(order, stage.pools().list(), null, null);
    }

    private Checked find(JobOrder.Prune order) throws BackupException {
        return new Checked.Prune(order, order.pool() == null ? stage.pools().list() : List.of(stage.pools().get(order.pool())));
    }

    private void requireAll(List<Pool> pools) throws BackupException {
        for (Pool pool : pools) {
            require(pool);
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

    private Client client(ClientName name) throws BackupException {
        return stage.catalog().read(view -> view.client(name)).orElseThrow(() -> BackupException.operator("client.unknown", name.value(),
                "there is no client " + name + "; \"azekura client list\" names them all"));
    }

    private static void absolute(RawPath path) throws BackupException {
        if (path.bytes().length == 0 || path.bytes()[0] != '/') {
            throw BackupException.operator("path.relative", path.toString(), "\"" + path + "\" is no absolute path; like /srv/www");
        }
        // ISO-8859-1 keeps every byte as it is
        for (String name : new String(path.bytes(), StandardCharsets.ISO_8859_1).split("/")) {
            if (name.equals(".") || name.equals("..")) {
                throw BackupException.operator("path.invalid", path.toString(), "\"" + path + "\" has the name \"" + name
                        + "\" in it; give the path without detours, like /srv/www");
            }
        }
        for (byte b : path.bytes()) {
            if (b == 0) {
                throw BackupException.operator("path.invalid", path.toString(), "\"" + path + "\" has a zero byte in it");
            }
        }
    }

    /** @param goesOn whether a backup or restore may take over what an earlier run of the same job made durable */
    Run run(Checked checked, JobRecord record, JobQueue queue, boolean goesOn) {
        return switch (checked) {
            case Checked.Backup(var order, var owner, var into) -> new BackupRun(stage, record, order, owner, into, queue, limits,
                    goesOn);
            case Checked.Restore(var order, var snapshot, var owner, var client, var pool) -> new RestoreRun(stage, record, order, snapshot,
                    owner, client, pool, limits, goesOn);
            case Checked.Verify(var order, var pools, var snapshot, var pool) -> new VerifyRun(stage, record, order, pools, snapshot);
            case Checked.Prune(var order, var pools) -> new PruneRun(stage, record, order.pool() == null ? there(record, pools) : pools, order.dryRun(), queue, counts);
            case Checked.Rebuild(var order) -> new RebuildRun(stage, record, order);
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
