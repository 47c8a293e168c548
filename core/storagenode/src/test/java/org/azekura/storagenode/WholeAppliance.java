package org.azekura.storagenode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.content.Contents;
import org.azekura.api.device.BlobStore;
import org.azekura.api.server.JobOrder;
import org.azekura.api.transport.Transport;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.client.ClientDoor;
import org.azekura.server.ServerDoor;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;

/** Server, catalog, node and client as they are, in one process and one home, on media of the test: what its driver {@code disk} finds in a folder. */
final class WholeAppliance implements AutoCloseable {

    static final String NAME = "host";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final ServerDoor server;
    private final CatalogDoor catalog;
    private final Transport transport;
    private final StorageNodeRole node = new StorageNodeRole();
    private final ClientDoor client;

    /** @param media by path */
    WholeAppliance(Path home, boolean withClient, Map<String, BlobStore> media) throws Exception {
        this(home, withClient, media, new LocalTransport());
    }

    WholeAppliance(Path home, boolean withClient, Map<String, BlobStore> media, Transport transport) throws Exception {
        this(home, withClient, node -> media, transport);
    }

    /** @param media by path, of this node */
    WholeAppliance(Path home, boolean withClient, Function<StorageNodeRole, Map<String, BlobStore>> media, Transport transport) throws Exception {
        this(home, withClient, media, transport, catalog -> catalog);
    }

    /** @param seen the catalog as the server sees it */
    WholeAppliance(Path home, boolean withClient, Function<StorageNodeRole, Map<String, BlobStore>> media, Transport transport, UnaryOperator<CatalogStore> seen)
            throws Exception {
        this.transport = transport;
        Files.createDirectories(home);
        catalog = new CatalogDoor(home);
        server = new ServerDoor(home, NAME, seen.apply(catalog.catalog()), transport);
        Media drivers = new Media(node, home.resolve("devices"), media.apply(node));
        drivers.serve();
        node.start(new NodeName(NAME), "0.1.0", List.of(new Endpoint(transport.scheme(), "server")), new Transports(transport), drivers, Files.createDirectories(home.resolve("node")), PATIENCE);
        Set<String> roles = new HashSet<>(Set.of("node"));
        client = withClient ? new ClientDoor(home, NAME, transport) : null;
        if (withClient) {
            roles.add("client");
        }
        server.settleIn(roles);
    }

    /** For further clients. */
    Transport transport() {
        return transport;
    }

    /** Of its client. */
    Contents contents() {
        return client.contents();
    }

    CatalogStore catalog() {
        return catalog.catalog();
    }

    /** An appliance that is closed has been there for a year, and somebody has confirmed what time it is. */
    static void haveBeenHereForAYear(Path home) throws Exception {
        Instant now = Instant.now();
        try (CatalogDoor door = new CatalogDoor(home)) {
            door.catalog().write(edit -> {
                edit.putSetting("clock", "1 " + now + " " + now.minus(Duration.ofDays(365)) + " " + now + " confirmed PT0S");
                return null;
            });
        }
    }

    /** Has a job done and waits until it has ended or is parked. */
    Job run(JobOrder order) throws Exception {
        return await(server.jobs().submit(order).id());
    }

    Job await(JobId job) throws Exception {
        return Rest.of(server.jobs(), job);
    }

    /** The same for one that goes on by itself. */
    Job awaitEnd(JobId job) throws Exception {
        return Rest.until(server.jobs(), job, progress -> progress.state().ended());
    }

    /** @param pool null for the usual one */
    Job backup(Path folder, PoolName pool) throws Exception {
        return run(new JobOrder.Backup(null, pool, new SaveSet(new SaveSetName("set"), List.of(RawPath.of(folder.toString())), List.of(), false), null,
                false));
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        node.close();
        server.close();
        catalog.close();
    }
}
