package org.azekura.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.CatalogServer;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.server.Alerts;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Catalog;
import org.azekura.api.server.ClockState;
import org.azekura.api.server.Sites;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.driver.PublisherBook;
import org.azekura.server.host.CallBook;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Quotas;
import org.azekura.server.host.TermsDesk;
import org.azekura.server.host.TrustGroups;
import org.azekura.server.job.JobQueue;
import org.azekura.server.pool.CheckpointKeeper;
import org.azekura.server.pool.Leftovers;
import org.azekura.server.pool.MediaPools;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.trees.TreeStore;

/** How the appliance stands, and what it knows of its hosts. Thread-safe. */
final class ApplianceDesk implements Appliance {

    /** How long somebody who says where a client is waits for it to be reached. */
    private static final Duration FIRST_CALL = Duration.ofSeconds(15);

    private final String name;
    private final String version;
    private final Rooms rooms;
    private final TrustGroups groups;
    private final TermsDesk terms;
    private final Alerts alerts;
    private final Sites sites;
    private final ServerBook servers;

    /** What it asks. */
    record Rooms(Catalog catalog, ServerClock clock, Hosts hosts, TreeStore trees, MediaPools pools, PoolVault vault, JobQueue jobs, PublisherBook publishers,
            CallBook callBook, CheckpointKeeper checkpoints) {}

    /**
     * @param name    of this host
     * @param alerts  that its status names
     */
    ApplianceDesk(String name, String version, Rooms rooms, Alerts alerts, ServerBook servers, Sites sites) {
        this.servers = servers;
        this.sites = sites;
        this.name = name;
        this.version = version;
        this.rooms = rooms;
        this.groups = new TrustGroups(rooms.catalog);
        this.terms = new TermsDesk(rooms.catalog);
        this.alerts = alerts;
    }

    @Override
    public List<CatalogServer> servers() {
        return servers.all();
    }

    @Override
    public void forgetServer(String server) throws BackupException {
        servers.forget(server);
    }

    @Override
    public Trees trees() {
        return rooms.trees.standing();
    }

    @Override
    public Status status() throws BackupException {
        if (!rooms.catalog.leads()) {
            // hosts are connected with who leads, which knows what needs a look
            return new Status(version, rooms.catalog.place(), List.of(new RoleState("server", name, true)), List.of(standsBy()), rooms.jobs.list(true).size(),
                    rooms.catalog.read(CatalogView::snapshotCount), List.of());
        }
        List<RoleState> roles = new ArrayList<>();
        roles.add(new RoleState("server", name, true));
        rooms.hosts.nodes().stream().map(node -> new RoleState("node", node.name().value(), true)).sorted(Comparator.comparing(RoleState::name))
                .forEach(roles::add);
        for (Client client : clients()) {
            roles.add(new RoleState("client", client.name().value(), rooms.hosts.isConnected(client.name())));
        }
        return new Status(version, rooms.catalog.place(), roles, ParkedJobs.texts(alerts.now()), rooms.jobs.list(true).size(), rooms.catalog.read(CatalogView::snapshotCount),
                rooms.jobs.hold().power());
    }

    private String standsBy() {
        try {
            rooms.catalog.requireLead();
            return "";
        } catch (BackupException e) {
            return e.getMessage();
        }
    }

    @Override
    public ClockState clock() {
        return rooms.clock.state();
    }

    @Override
    public ClockState confirmClock(Instant seen) throws BackupException {
        return rooms.clock.confirm(seen);
    }

    @Override
    public Backup backup() throws BackupException {
        return new Backup(rooms.checkpoints.saved(), rooms.catalog.read(Leftovers::open));
    }

    @Override
    public Backup backUp() throws BackupException {
        rooms.checkpoints.all();
        return backup();
    }

    @Override
    public Backup forgetLeft() throws BackupException {
        rooms.catalog.write(edit -> {
            Leftovers.forget(edit);
            return null;
        });
        return backup();
    }

    @Override
    public Sites sites() {
        return sites;
    }

    @Override
    public List<Client> clients() throws BackupException {
        return rooms.catalog.read(view -> view.clients());
    }

    @Override
    public Trust trust(ClientName client) throws BackupException {
        return groups.of(client);
    }

    @Override
    public Trust join(ClientName client, String groupOrClient) throws BackupException {
        return groups.join(client, groupOrClient);
    }

    @Override
    public Trust leave(ClientName client) throws BackupException {
        return groups.leave(client);
    }

    @Override
    public List<Quota> quotas() throws BackupException {
        return rooms.catalog.read(CatalogView::quotas);
    }

    @Override
    public Quota quota(ClientName client) throws BackupException {
        return rooms.catalog.read(view -> Quotas.of(view, client));
    }

    @Override
    public Quota limit(ClientName client, long bytes) throws BackupException {
        return rooms.catalog.write(edit -> Quotas.limit(edit, client, bytes));
    }

    @Override
    public Optional<String> address(ClientName client) throws BackupException {
        return rooms.callBook.address(client);
    }

    @Override
    public void setAddress(ClientName client, String address) throws BackupException {
        rooms.callBook.set(client, address);
        if (!address.isEmpty()) {
            try {
                rooms.hosts.awaitClient(client, FIRST_CALL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Optional<String> address(NodeName node) throws BackupException {
        return rooms.callBook.address(node);
    }

    @Override
    public void setAddress(NodeName node, String address) throws BackupException {
        rooms.callBook.set(node, address);
    }

    @Override
    public ClientTerms terms(ClientName client) throws BackupException {
        return terms.of(client);
    }

    @Override
    public ClientTerms direct(ClientName client, PoolName pool, PoolGroup group) throws BackupException {
        return terms.direct(client, pool, group);
    }

    @Override
    public ClientTerms limit(ClientName client, List<Bandwidth> limits) throws BackupException {
        ClientTerms now = terms.limit(client, limits);
        rooms.jobs.limitsChanged();
        return now;
    }
}
