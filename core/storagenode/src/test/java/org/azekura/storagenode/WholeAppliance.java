package org.azekura.storagenode;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
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
    private static final int END_s = 120;

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
        this.transport = transport;
        Files.createDirectories(home);
        catalog = new CatalogDoor(home);
        server = new ServerDoor(home, NAME, catalog.catalog(), transport);
        Media drivers = new Media(home.resolve("devices"), media);
        drivers.serve();
        node.start(new NodeName(NAME), "0.1.0", new Endpoint(transport.scheme(), "server"), new Transports(transport), drivers, Files.createDirectories(home.resolve("node")), PATIENCE);
        Set<String> roles = new HashSet<>(Set.of("node"));
        client = withClient ? new ClientDoor(home, NAME, transport) : null;
        if (withClient) {
            roles.add("client");
        }
        server.settleIn(roles);
    }

    CatalogStore catalog() {
        return catalog.catalog();
    }

    /** Has a job done and waits until it has ended or is parked. */
    Job run(JobOrder order) throws Exception {
        return await(server.jobs().submit(order).id());
    }

    Job await(JobId job) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AutoCloseable watch = server.jobs().watch(progress -> {
            if (progress.job().equals(job) && rests(progress.state())) {
                end.countDown();
            }
        });
        try {
            if (!rests(server.jobs().get(job).state()) && !end.await(END_s, TimeUnit.SECONDS)) {
                throw new AssertionError("job did not end: " + server.jobs().get(job));
            }
            return server.jobs().get(job);
        } finally {
            watch.close();
        }
    }

    private static boolean rests(Job.State state) {
        return state.ended() || state == Job.State.PARKED;
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

    /** Serves at once what lies in a folder, and remembers it in a file, as the framework's configurations do. */
    private final class Media implements Drivers {

        private final Path file;
        private final Map<String, BlobStore> media;
        private final Properties configured = new Properties();

        Media(Path file, Map<String, BlobStore> media) throws IOException {
            this.file = file;
            this.media = media;
            if (Files.exists(file)) {
                configured.load(new StringReader(Files.readString(file)));
            }
        }

        void serve() {
            configured.forEach((device, path) -> node.deviceCame(new DeviceName((String) device), media.get(path)));
        }

        private void save() {
            try {
                StringWriter text = new StringWriter();
                configured.store(text, null);
                Files.writeString(file, text.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public SortedSet<String> known() {
            return new TreeSet<>(Set.of("disk"));
        }

        @Override
        public SortedSet<String> settings(String driver) {
            return new TreeSet<>(Set.of("path"));
        }

        @Override
        public String driverOf(DeviceName device) {
            return configured.containsKey(device.value()) ? "disk" : null;
        }

        @Override
        public Change configure(DeviceName device, String driver, Map<String, String> settings) {
            String path = settings.get("path");
            boolean changed = !path.equals(configured.put(device.value(), path));
            if (changed) {
                save();
                node.deviceCame(device, media.get(path));
            }
            return new Change() {
                @Override
                public boolean changed() {
                    return changed;
                }

                @Override
                public void undo() {
                    remove(device);
                }
            };
        }

        @Override
        public void remove(DeviceName device) {
            Object path = configured.remove(device.value());
            if (path != null) {
                save();
                node.deviceWent(device, media.get(path));
            }
        }

        @Override
        public String problem(DeviceName device, String driver) {
            return null;
        }
    }
}
