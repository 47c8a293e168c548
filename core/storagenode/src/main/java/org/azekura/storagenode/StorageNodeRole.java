package org.azekura.storagenode;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.DriverInstaller;
import org.azekura.api.identity.KnownServers;
import org.azekura.api.message.Answer;
import org.azekura.api.transport.Connection;
import org.azekura.storagenode.cartridge.LibraryStore;
import org.azekura.storagenode.cartridge.set.Supply;
import org.azekura.storagenode.cartridge.spool.SpoolNews;
import org.azekura.storagenode.client.ClientCalls;
import org.azekura.storagenode.client.ClientTalk;
import org.azekura.storagenode.client.TicketCheck;
import org.azekura.storagenode.copy.Copies;
import org.azekura.storagenode.device.Devices;
import org.azekura.storagenode.device.UseLedger;
import org.azekura.storagenode.driver.DeviceFiles;
import org.azekura.storagenode.driver.DeviceSetup;
import org.azekura.storagenode.driver.DriverOrders;
import org.azekura.storagenode.driver.DriverRestart;
import org.azekura.storagenode.driver.Drivers;
import org.azekura.storagenode.driver.NodeDeviceUse;
import org.azekura.storagenode.health.Drives;
import org.azekura.storagenode.job.NodeJobs;
import org.azekura.storagenode.pool.PackNews;
import org.azekura.storagenode.pool.Pools;
import org.azekura.storagenode.power.PowerDesk;
import org.azekura.storagenode.power.PowerStore;
import org.azekura.wire.Renewal;
import org.azekura.wire.ServerLink;
import org.azekura.wire.Transports;

/** The storage node as a whole, in plain Java: takes devices as they come and go, serves clients, obeys its servers. */
final class StorageNodeRole implements AutoCloseable {

    private final Devices devices = new Devices();
    private final PowerDesk power = new PowerDesk();
    private final Drives drives = new Drives();
    private final UseLedger ledger = new UseLedger(InstantSource.system());
    /** Null: it has no certificate of its own. */
    private final Path home;
    private final Supply supply = new NodeSupply(() -> this.servers);
    private final SpoolNews spoolNews = new PackNews(() -> this.pools, report -> this.servers.placed(report));
    private final Consumer<String> end;
    private final AtomicReference<DriverInstaller> installer = new AtomicReference<>();
    private Transports.Offer offer;
    private volatile NodeServers servers;
    private NodeWork work;
    Pools pools;
    private NodeDeviceUse use;
    private NodeTransportUse transportUse;

    /** A node in the server's process, which has no certificate of its own. */
    StorageNodeRole() {
        this(null, why -> {
            throw new IllegalStateException("nobody ends this process: " + why);
        });
    }

    /**
     * @param home of this host, with its certificate and the servers that it knows
     * @param end  ends this process in bounded time, told why
     */
    StorageNodeRole(Path home, Consumer<String> end) {
        this.home = home;
        this.end = end;
    }

    /** May be called at any time, also before {@link #start}. */
    void deviceCame(DeviceName name, BlobStore store) {
        devices.add(name, store);
        ledger.came(name, store);
        if (store instanceof PowerStore source) {
            power.came(name, source);
        }
        if (store instanceof LibraryStore library) {
            drives.came(name, library);
        }
    }

    /** What their drives say, and which of them may be used. */
    Drives drives() {
        return drives;
    }

    /** Says which cartridge comes next. */
    Supply supply() {
        return supply;
    }

    /** Told of what becomes of packs that wait for tape. */
    SpoolNews spoolNews() {
        return spoolNews;
    }

    void deviceWent(DeviceName name, BlobStore store) {
        devices.remove(name, store);
        ledger.went(name, store);
        if (store instanceof PowerStore source) {
            power.went(name, source);
        }
        if (store instanceof LibraryStore library) {
            drives.went(name, library);
        }
    }

    /** Who changes drivers in this process. May be called at any time, also before {@link #start}. */
    void installerCame(DriverInstaller came) {
        installer.set(came);
    }

    void installerWent(DriverInstaller went) {
        installer.compareAndSet(went, null);
    }

    /** Clients reach the node at other addresses. */
    void transportsChanged() {
        NodeServers known = servers;
        if (known != null) {
            known.greet();
        }
    }

    /**
     * Begins to listen for clients and to look for its servers.
     *
     * @param at       where the servers are; an {@link Transports#AWAIT}: they dial this node
     * @param folder   of the node's own files; what is in it can be made anew, but for packs that wait for tape
     * @param patience how long a driver may take to serve a device
     */
    void start(NodeName self, String version, List<Endpoint> at, Transports transports, Drivers drivers, Path folder, Duration patience) {
        ledger.open(folder.resolve("use"));
        ledger.begin();
        NodeJobs jobs = new NodeJobs();
        Copies copies = new Copies(self, transports);
        work = new NodeWork(jobs, copies);
        TicketCheck tickets = new TicketCheck(self, System::nanoTime);
        offer = transports.offer("node-" + self, "node/" + self, connection -> accept(connection, tickets));
        pools = new Pools(devices, folder.resolve("index"));
        NodeServers begun = new NodeServers(self, transports, offer, version, new NodeServers.Listener() {
            @Override
            public void welcomed(ServerLink server, Answer.Welcome welcome) {
                tickets.joined(server, welcome);
            }

            @Override
            public void joined() {
                power.joined();
                drives.joined();
            }
        });
        devices.onCrash(new DriverRestart(installer::get, drivers));
        use = new NodeDeviceUse(devices, pools, drivers, begun);
        transportUse = new NodeTransportUse(transports, begun);
        servers = begun;
        power.open(new NodePower(use, pools, drivers, begun, end));
        drives.open(begun::tellNow);
        begun.start(at, new NodeRooms(new DeviceSetup(drivers, devices, use, patience), new DeviceFiles(folder), new LibraryOrders(devices, drives),
                new DriverOrders(folder.resolve("packages"), installer::get, begun::awaitTold), pools, new ClientCalls(self, transports, jobs, tickets), work,
                new Distrusted(transports::distrust), ledger), home == null ? null : KnownServers.of(home).orElse(null), home == null ? null : new Renewal(home));
    }

    /** What is asked of a transport that takes another's place; null before {@link #start}. */
    NodeTransportUse transportUse() {
        return transportUse;
    }

    /** How others have its jobs wait; null before {@link #start}. */
    DeviceUse deviceUse() {
        return use;
    }

    private void accept(Connection connection, TicketCheck tickets) {
        if (connection.peer().startsWith("node/")) {
            work.copies().visit(connection);
        } else {
            new ClientTalk(connection, work.jobs(), tickets).run();
        }
    }

    /** Ends in bounded time; what is durable stays, unfinished packs are dropped. */
    @Override
    public void close() {
        power.close();
        drives.close();
        if (offer != null) {
            offer.close();
            servers.close();
            work.close();
            pools.closeAll();
        }
        devices.close();
        ledger.close();
    }
}
