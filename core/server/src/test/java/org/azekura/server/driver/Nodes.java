package org.azekura.server.driver;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.message.Answer;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Reception;
import org.azekura.server.job.JobFactory;
import org.azekura.server.job.JobQueue;
import org.azekura.server.job.ReportDesk;
import org.azekura.server.job.run.Stage;
import org.azekura.transport.local.LocalTransport;
import org.azekura.wire.Transports;

/** A server as far as nodes join it, with a real catalog. */
final class Nodes implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofSeconds(2);

    final Hosts hosts = new Hosts();
    final PublisherBook publishers;
    final Path packages;
    JobQueue jobs;
    DriverDesk drivers;
    private final LocalTransport transport = new LocalTransport();
    private final CatalogDoor door;
    private final Transports.Offer offer;

    Nodes(Path home) throws BackupException {
        door = new CatalogDoor(home);
        publishers = new PublisherBook(door.catalog(), List.of(), InstantSource.system());
        packages = home.resolve("packages");
        begin();
        Reception reception = new Reception(() -> new Answer.Welcome(new ApplianceId(1, 2), new byte[0], Instant.EPOCH), hosts, reports(),
                silent(Reception.Admission.class), silent(Reception.Times.class));
        offer = new Transports(transport).offer("server", "server/s", reception::accept);
    }

    /** The part of the server that a stop ends and a start makes anew. */
    private void begin() throws BackupException {
        DriverChanges changes = new DriverChanges(hosts, packages, AGAIN);
        Stage stage = new Stage(new ApplianceId(1, 2), door.catalog(), hosts, null, null, null, new NodeName("a"), null, null, null);
        jobs = new JobQueue(door.catalog(), new JobFactory(stage, null, () -> {}, changes, null), new NodeName("here"));
        drivers = new DriverDesk(door.catalog(), hosts, publishers, jobs, changes);
    }

    /** Stops and starts the server; its nodes stay connected. */
    void restart() throws BackupException {
        jobs.close();
        begin();
        jobs.settle();
        jobs.resume();
    }

    /** What nodes tell of pauses and steps goes to the jobs of the moment. */
    private Reception.Reports reports() {
        Reception.Reports silent = silent(Reception.Reports.class);
        return (Reception.Reports) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Reception.Reports.class}, (self, method, args) -> {
            boolean told = method.getName().equals("driverStep") || method.getName().equals("poolPaused");
            return method.invoke(told ? new ReportDesk(door.catalog(), jobs, null, node -> {}) : silent, args);
        });
    }

    /** Takes everything and answers nothing. */
    private static <T> T silent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> null));
    }

    CatalogStore catalog() {
        return door.catalog();
    }

    FakeNode node(String name, InstalledDriver... has) throws BackupException {
        return new FakeNode(transport, name, has);
    }

    void pool(String name, String node, String device, String driver) throws BackupException {
        door.catalog().write(edit -> {
            edit.putPool(new Pool(new PoolName(name), new NodeName(node), new DeviceName(device), driver, ChunkSizes.DEFAULT, 3, 50, new byte[0],
                    Instant.EPOCH, null));
            return null;
        });
    }

    @Override
    public void close() {
        jobs.close();
        offer.close();
        hosts.close();
        door.close();
    }
}
