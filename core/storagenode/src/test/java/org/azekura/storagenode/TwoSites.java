package org.azekura.storagenode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.device.BlobStore;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.api.transport.Transport;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.client.ClientDoor;
import org.azekura.server.ServerDoor;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;

/** Server, catalog and client, and two storage nodes: {@code a} has pool {@code main} on its disk, {@code b} has {@code offsite}. Nodes come and go. */
final class TwoSites implements AutoCloseable {

    static final PoolName MAIN = new PoolName("main");
    static final PoolName OFFSITE = new PoolName("offsite");
    /** Where a node has another disk, whose name is that of the node with this behind it. */
    static final String SECOND = "/second";
    private static final String NAME = "host";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int END_s = 180;

    final Path home;
    final LocalTransport transport = new LocalTransport();
    final Map<String, FaultDisk> disks;
    private final Map<String, StorageNodeRole> nodes = new HashMap<>();
    private CatalogDoor catalog;
    ServerDoor server;
    private ClientDoor client;

    /** @param disks by the name of the node that has it */
    TwoSites(Path home, Map<String, FaultDisk> disks) throws Exception {
        this.home = Files.createDirectories(home);
        this.disks = disks;
        startServer();
    }

    /** With both pools made. */
    static TwoSites made(Path home) throws Exception {
        TwoSites sites = new TwoSites(home, Map.of("a", new FaultDisk(1), "b", new FaultDisk(2)));
        sites.makePools();
        return sites;
    }

    void makePools() throws Exception {
        startNode("b", FaultPlan.none());
        server.pools().create(OFFSITE, "disk", Map.of("path", "/disk"), Pools.Readers.APPLIANCE, on("b"));
        startNode("a", FaultPlan.none());
        server.pools().create(MAIN, "disk", Map.of("path", "/disk"), Pools.Readers.APPLIANCE, on("a"));
    }

    private static Pools.Site on(String node) {
        return new Pools.Site(new NodeName(node), null);
    }

    void startServer() throws Exception {
        catalog = new CatalogDoor(home);
        server = new ServerDoor(home, NAME, catalog.catalog(), transport);
        client = new ClientDoor(home, NAME, transport);
        server.settleIn(Set.of("client"));
    }

    void stopServer() {
        client.close();
        server.close();
        catalog.close();
    }

    /** Starts a node on its disk and waits until it has joined. */
    void startNode(String name, FaultPlan plan) throws Exception {
        startNode(name, plan, transport);
    }

    /** @param by how it reaches others, and is reached */
    void startNode(String name, FaultPlan plan, Transport by) throws Exception {
        startNode(name, plan, by, true);
    }

    /** One whose pools can't be opened. */
    void startNodeUnopened(String name) throws Exception {
        startNode(name, FaultPlan.none(), transport, false);
    }

    private void startNode(String name, FaultPlan plan, Transport by, boolean opens) throws Exception {
        StorageNodeRole node = new StorageNodeRole();
        Map<String, BlobStore> stores = new HashMap<>(Map.of("/disk", disks.get(name).on(plan)));
        if (disks.containsKey(name + SECOND)) {
            stores.put(SECOND, disks.get(name + SECOND).on(plan));
        }
        Path folder = Files.createDirectories(home.resolve("node-" + name));
        Media media = new Media(node, folder.resolve("devices"), stores);
        media.serve();
        node.start(new NodeName(name), "0.1.0", List.of(new Endpoint("local", "server")), new Transports(by), media, folder, PATIENCE);
        nodes.put(name, node);
        awaitJoined(name);
        if (!opens) {
            return;
        }
        List<PoolName> pools = catalog().read(view -> {
            List<PoolName> names = new ArrayList<>(view.pools().stream().filter(pool -> pool.node().value().equals(name)).map(Pool::name).toList());
            for (Replica replica : view.replicas()) {
                if (view.pool(replica.name()).orElseThrow().node().value().equals(name)) {
                    names.add(replica.name());
                }
            }
            return names;
        });
        await("pools " + pools + " to be open", () -> pools.stream().allMatch(pool -> isOpen(node, pool)));
    }

    void awaitJoined(String name) throws Exception {
        await("node " + name, () -> server.status().roles().contains(new Appliance.RoleState("node", name, true)));
    }

    private static boolean isOpen(StorageNodeRole node, PoolName pool) {
        try {
            return node.pools.get(pool) != null;
        } catch (BackupException e) {
            return false;
        }
    }

    /** Looks again and again: nobody tells of it. */
    static void await(String what, Callable<Boolean> reached) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_s);
        while (!reached.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }

    /** Kills it, as far as that can be done within a process. */
    void stopNode(String name) {
        StorageNodeRole node = nodes.remove(name);
        if (node != null) {
            node.close();
        }
    }

    CatalogStore catalog() {
        return catalog.catalog();
    }

    Job backup(Path folder) throws Exception {
        return run(new JobOrder.Backup(null, MAIN, new SaveSet(new SaveSetName("set"), List.of(RawPath.of(folder.toString())), List.of(), false), null,
                false));
    }

    /** The snapshot that it made. */
    SnapshotId snapshot(Path folder) throws Exception {
        Job job = backup(folder);
        return ((JobResult.Backup) server.jobs().result(job.id()).orElseThrow(() -> new AssertionError(job))).snapshot();
    }

    JobResult.Copy copyAll() throws Exception {
        return copied(run(new JobOrder.Copy(OFFSITE, MAIN, null)));
    }

    JobResult.Copy copied(Job job) throws Exception {
        return (JobResult.Copy) server.jobs().result(job.id()).orElseThrow(() -> new AssertionError(job));
    }

    Job restore(SnapshotId snapshot, Path target, PoolName fromCopy) throws Exception {
        return run(new JobOrder.Restore(snapshot, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, fromCopy, 0, null, null));
    }

    /** Has a job done and waits until it has ended or is parked. */
    Job run(JobOrder order) throws Exception {
        return await(server.jobs().submit(order).id(), true);
    }

    /** @param parked whether one that is parked is waited for no longer */
    Job await(JobId job, boolean parked) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AutoCloseable watch = server.jobs().watch(progress -> {
            if (progress.job().equals(job) && rests(progress.state(), parked)) {
                end.countDown();
            }
        });
        try {
            if (!rests(server.jobs().get(job).state(), parked) && !end.await(END_s, TimeUnit.SECONDS)) {
                throw new AssertionError("job did not end: " + server.jobs().get(job) + " " + server.jobs().log(job));
            }
            return server.jobs().get(job);
        } finally {
            watch.close();
        }
    }

    private static boolean rests(Job.State state, boolean parked) {
        return state.ended() || parked && state == Job.State.PARKED;
    }

    @Override
    public void close() {
        List.copyOf(nodes.keySet()).forEach(this::stopNode);
        stopServer();
    }
}
