package org.azekura.storagenode;

import java.nio.file.Path;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.device.BlobStore;
import org.azekura.api.transport.Transport;

/** The storage node as a whole, in plain Java: takes devices as they come and go, serves clients, obeys the server. */
final class StorageNodeRole implements AutoCloseable {

    private final Devices devices = new Devices();
    private Transport.Listener listener;
    private ServerLink server;
    private NodeJobs jobs;
    Pools pools;

    /** May be called at any time, also before {@link #start}. */
    void deviceCame(DeviceName name, BlobStore store) {
        devices.add(name, store);
    }

    void deviceWent(DeviceName name, BlobStore store) {
        devices.remove(name, store);
    }

    /**
     * Begins to listen for clients and to look for the server.
     *
     * @param folder   of the node's own files; what is in it can be made anew
     * @param patience how long a driver may take to serve a device
     * @throws BackupException {@code transport.taken}: nothing was begun
     */
    void start(NodeName self, String version, Transport transport, Drivers drivers, Path folder, Duration patience)
            throws BackupException {
        String address = "node-" + self;
        jobs = new NodeJobs();
        server = new ServerLink(self, transport, new Endpoint(transport.scheme(), address), version);
        listener = transport.listen(address, connection -> new ClientTalk(connection, jobs).run());
        pools = new Pools(devices, folder.resolve("index"));
        server.start(new NodeOrders(new DeviceSetup(drivers, devices, patience), pools, jobs, server));
    }

    /** Ends in bounded time; what is durable stays, unfinished packs are dropped. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close();
            server.close();
            jobs.endAll();
            pools.closeAll();
        }
        devices.close();
    }
}
