package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.client.ClientDoor;
import org.azekura.server.ServerDoor;
import org.azekura.testkit.device.MemoryStore;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client and a node with links to two real servers, each with a catalog and a pool of its own. */
@Timeout(300)
class TwoReceptionsTest {

    /**
     * Both servers say that they work under this lead, and are both obeyed: leads are numbered by the second in which they begin, and of two that began in
     * different ones the older would be left.
     */
    private static final long LEAD = Instant.now().plus(Duration.ofHours(1)).getEpochSecond();

    @TempDir
    Path dir;

    /** Another way to the same place under a name of its own. */
    private record Renamed(LocalTransport within, String scheme) implements Transport {

        @Override
        public Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException {
            return within.listen(service, self, accept);
        }

        @Override
        public Connection dial(String address, String self, Duration timeout) throws BackupException {
            return within.dial(address, self, timeout);
        }
    }

    /** A server with its catalog. */
    private final class Site implements AutoCloseable {

        final CatalogDoor catalog;
        final ServerDoor server;
        private boolean closed;

        Site(String name, LocalTransport transport) throws Exception {
            Path home = Files.createDirectories(dir.resolve(name));
            catalog = new CatalogDoor(home);
            catalog.catalog().write(edit -> {
                edit.putSetting("server.lead", Long.toString(LEAD - 1));
                return null;
            });
            server = new ServerDoor(home, name, catalog.catalog(), transport);
            server.settleIn(Set.of());
        }

        void pool(String pool) throws Exception {
            TwoSites.await("node n1 at pool " + pool, () -> server.status().roles().contains(new Appliance.RoleState("node", "n1", true)));
            server.await(new ClientName("web"));
            server.pools().create(new PoolName(pool), "disk", Map.of("path", "/" + pool), Pools.Readers.APPLIANCE, new Pools.Site(new NodeName("n1"), null));
        }

        Job save(String pool, Path source, long limit) throws Exception {
            JobOrder.Backup order = ManyHosts.order("web", pool, source);
            return server.jobs().submit(new JobOrder.Backup(order.client(), order.pool(), order.saveSet(), null, false, false, limit, null, null));
        }

        @Override
        public void close() {
            end();
        }

        void end() {
            if (!closed) {
                closed = true;
                server.close();
                catalog.close();
            }
        }
    }

    private static void isDone(Site site, Job job) throws Exception {
        Job ended = Rest.of(site.server.jobs(), job.id());
        assertEquals(Job.State.DONE, ended.state(), ended::toString);
    }

    @Test
    void bothSaveAndAJobOfOneGoesOnWhenTheOtherEnds() throws Exception {
        Path source = Files.createDirectory(dir.resolve("source"));
        byte[] much = new byte[9 << 20];
        new Random(1).nextBytes(much);
        Files.write(source.resolve("much"), much);
        LocalTransport first = new LocalTransport();
        LocalTransport second = new LocalTransport();
        Transports both = new Transports(first, new Renamed(second, "other"));
        List<Endpoint> servers = List.of(new Endpoint("local", "server"), new Endpoint("other", "server"));
        StorageNodeRole node = new StorageNodeRole();
        Path folder = Files.createDirectories(dir.resolve("n1"));
        Media media = new Media(node, folder.resolve("devices"), Map.of("/a", new MemoryStore(), "/b", new MemoryStore()));
        media.serve();
        try (Site a = new Site("a", first); Site b = new Site("b", second)) {
            node.start(new NodeName("n1"), "0.1.0", servers, both, media, folder, Duration.ofSeconds(30));
            try (ClientDoor client = new ClientDoor(Files.createDirectories(dir.resolve("web")), "web", both, servers)) {
                a.pool("a");
                b.pool("b");
                isDone(a, a.save("a", source, 0));
                Job slow = b.save("b", source, 8 << 20);
                TwoSites.await("job " + slow.id() + " to run", () -> b.server.jobs().get(slow.id()).state() != Job.State.QUEUED);
                a.end();
                isDone(b, slow);
                assertTrue(b.server.status().roles().contains(new Appliance.RoleState("client", "web", true)), client::toString);
            }
        } finally {
            node.close();
        }
    }
}
