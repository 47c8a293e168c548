package org.azekura.server;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Catalog;
import org.azekura.api.server.Devices;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Keys;
import org.azekura.api.server.Libraries;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Retention;
import org.azekura.api.server.SaveSets;
import org.azekura.api.server.Snapshots;
import org.azekura.api.transport.Transport;
import org.azekura.ca.CaDoor;
import org.azekura.server.catalog.HeldCatalog;
import org.azekura.server.catalog.ServedCatalog;
import org.azekura.server.catalog.Servers;
import org.azekura.wire.Transports;

/** The real server, for tests of a whole appliance. */
public final class ServerDoor implements AutoCloseable {

    private final BackupServer server;

    public ServerDoor(Path home, String name, CatalogStore catalog, Transport transport) throws BackupException {
        server = new BackupServer(new Home(home), name, Set.of("server", "node", "client"), "0.1.0", alone(catalog), new Alone(), () -> null,
                CaDoor.open(home, InstantSource.system()), new Transports(transport), null);
        server.begin();
    }

    private static final class Alone implements Servers {

        @Override
        public List<CatalogServer> servers() {
            return List.of();
        }

        @Override
        public void forget(String server) {
            // there is none
        }
    }

    private static Catalog alone(CatalogStore store) {
        HeldCatalog held = new HeldCatalog();
        held.came(store);
        return new ServedCatalog(held, null, true);
    }

    /** Waits for the roles of this host. */
    public void settleIn(Set<String> roles) throws BackupException, InterruptedException {
        server.settleIn(roles);
    }

    /** The appliance as its callers see it. */
    public Appliance appliance() {
        return server.appliance();
    }

    public Jobs jobs() {
        return server.jobs();
    }

    public SaveSets saveSets() {
        return server.saveSets();
    }

    public Policies policies() {
        return server.policies();
    }

    /** Waits until a client has joined. */
    public void await(ClientName client) throws BackupException, InterruptedException {
        if (!server.hosts().awaitClient(client, Duration.ofSeconds(20))) {
            throw BackupException.network("client.offline", client.value(), client + " did not join", null);
        }
    }

    public Pools pools() {
        return server.pools();
    }

    public Libraries libraries() {
        return server.libraries();
    }

    public Devices devices() {
        return server.devices();
    }

    public Keys keys() {
        return server.keys();
    }

    public Appliance.Status status() throws BackupException {
        return server.appliance().status();
    }

    public Retention retention() {
        return server.retention();
    }

    public Snapshots snapshots() {
        return server.snapshots();
    }

    /** Orders now what is to be healed, and not at the next look. */
    public void healDue() throws BackupException {
        server.healDue();
    }

    @Override
    public void close() {
        server.close();
    }
}
