package org.azekura.storagenode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.BlobStore;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.client.ClientDoor;
import org.azekura.server.ServerDoor;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;

/** A server with its catalog, and any number of storage nodes and clients that come and go, each as it is and with a home of its own, in one process. */
final class ManyHosts implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int JOIN_s = 240;

    final ServerDoor server;
    final Map<String, BlobStore> media = new ConcurrentHashMap<>();
    private final Path dir;
    private final CatalogDoor catalog;
    private final LocalTransport transport = new LocalTransport();
    private final Map<String, StorageNodeRole> nodes = new TreeMap<>();
    private final Map<String, ClientDoor> clients = new TreeMap<>();

    ManyHosts(Path dir) throws Exception {
        this.dir = dir;
        Path home = Files.createDirectories(dir.resolve("server"));
        catalog = new CatalogDoor(home);
        server = new ServerDoor(home, "server", catalog.catalog(), transport);
        server.settleIn(Set.of());
    }

    CatalogStore catalog() {
        return catalog.catalog();
    }

    /** Begins a node, again with what it had; returns when the server knows it. */
    void node(String name) throws Exception {
        StorageNodeRole node = new StorageNodeRole();
        nodes.put(name, node);
        Path home = Files.createDirectories(dir.resolve(name));
        Media drivers = new Media(node, home.resolve("devices"), media);
        drivers.serve();
        node.start(new NodeName(name), "0.1.0", List.of(new Endpoint("local", "server")), new Transports(transport), drivers, home, PATIENCE);
        await("node", name, true);
    }

    /** Returns when the server knows that it is gone. */
    void stop(String name) throws Exception {
        nodes.remove(name).close();
        await("node", name, false);
    }

    void client(String name) throws Exception {
        clients.put(name, new ClientDoor(Files.createDirectories(dir.resolve(name)), name, transport));
        await("client", name, true);
    }

    private void await(String kind, String name, boolean there) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_s);
        CountDownLatch never = new CountDownLatch(1);
        while (server.appliance().status().roles().stream().anyMatch(role -> role.kind().equals(kind) && role.name().equals(name) && role.connected()) != there) {
            if (System.nanoTime() - end > 0 || never.await(5, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(kind + " " + name + " is not as it should be");
            }
        }
    }

    /** A pool on a node, at a path of {@link #media}; null for no group. */
    Pool pool(String name, String node, String path, String group) throws Exception {
        return server.pools().create(new PoolName(name), "disk", Map.of("path", path), Pools.Readers.APPLIANCE,
                new Pools.Site(node == null ? null : new NodeName(node), group == null ? null : new PoolGroup(group)));
    }

    /** @param pool null: nothing said */
    static JobOrder.Backup order(String client, String pool, Path folder) {
        return new JobOrder.Backup(new ClientName(client), pool == null ? null : new PoolName(pool),
                new SaveSet(new SaveSetName("set"), List.of(RawPath.of(folder.toString())), List.of(), false), null, false);
    }

    Job run(JobOrder order) throws Exception {
        return Rest.of(server.jobs(), server.jobs().submit(order).id());
    }

    @Override
    public void close() {
        clients.values().forEach(ClientDoor::close);
        nodes.values().forEach(StorageNodeRole::close);
        server.close();
        catalog.close();
    }
}
