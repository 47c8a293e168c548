package org.azekura.server;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.catalog.Pool;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.HostRole;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.ClockState;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Publishers.DevelopmentMode;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.clock.OwnAddress;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.driver.DeviceDesk;
import org.azekura.server.driver.DriverDesk;
import org.azekura.server.driver.PublisherBook;
import org.azekura.server.driver.ShippedPublishers;
import org.azekura.server.enrol.EnrolmentDesk;
import org.azekura.server.enrol.SameHost;
import org.azekura.server.home.OwnerOnly;
import org.azekura.server.host.CallBook;
import org.azekura.server.host.Calls;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Quotas;
import org.azekura.server.host.Reception;
import org.azekura.server.host.TermsDesk;
import org.azekura.server.host.Tickets;
import org.azekura.server.host.TrustGroups;
import org.azekura.server.job.JobFactory;
import org.azekura.server.job.JobQueue;
import org.azekura.server.job.LostPacks;
import org.azekura.server.job.PendingManifests;
import org.azekura.server.job.ReportDesk;
import org.azekura.server.job.Stage;
import org.azekura.server.pool.KeyDesk;
import org.azekura.server.pool.MediaPools;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.pool.SealedConfiguration;
import org.azekura.server.protection.KeptPolicies;
import org.azekura.server.protection.KeptSaveSets;
import org.azekura.server.prune.SnapshotDeletion;
import org.azekura.server.trees.PageAllowances;
import org.azekura.server.trees.TreeStore;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backup server, assembled: everything it consists of, begun and ended in order. */
final class BackupServer implements Appliance, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackupServer.class);
    private static final String SERVICE = "server";
    private static final String FIRST_START = "first-start";
    /** How long somebody who says where a client is waits for it to be reached. */
    private static final Duration FIRST_CALL = Duration.ofSeconds(15);
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(45);
    /** A host that is away for a month still comes back in time to have its certificate renewed. */
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(90);

    private final Home home;
    private final String name;
    private final String version;
    private final CatalogStore catalog;
    private final ServerClock clock;
    private final Hosts hosts = new Hosts();
    private final TreeStore trees;
    private final Stage stage;
    private final MediaPools pools;
    private final PoolVault vault;
    private final KeyDesk keys;
    private final JobQueue jobs;
    private final TrustGroups groups;
    private final TermsDesk terms;
    private final KeptSaveSets saveSets;
    private final KeptPolicies policies;
    private final SnapshotBrowser snapshots;
    private final EnrolmentDesk enrolment;
    private final PublisherBook publishers;
    private final DriverDesk drivers;
    private final DeviceDesk devices;
    private final Transports.Offer offer;
    private final Calls calls;
    private final CallBook callBook;
    /** Why the first pool could not be made, null if it was. */
    private volatile String firstPool;
    /** Opens when the pools of the node of this host are served, as far as they can be. */
    private final CountDownLatch nodeServed = new CountDownLatch(1);

    /**
     * Opens the state and begins to listen.
     *
     * @param name  of this host
     * @param roles of this process
     */
    BackupServer(Home home, String name, Set<String> roles, String version, CatalogStore catalog, CertificateAuthority ca, Transports transports)
            throws BackupException {
        this.home = home;
        this.name = name;
        this.version = version;
        this.catalog = catalog;
        this.clock = ServerClock.open(catalog);
        OwnerOnly.directory(home.signingKey().getParent());
        OwnerOnly.directory(home.trees());
        ApplianceId appliance = appliance();
        this.trees = TreeStore.open(home.trees());
        this.vault = new PoolVault(home.keys(), catalog);
        SigningKey signer = SigningKey.loadOrCreate(home.signingKey());
        this.pools = new MediaPools(appliance, new NodeName(name), catalog, hosts, vault, signer);
        Tickets tickets = new Tickets(signer, catalog, clock::steady);
        this.keys = new KeyDesk(catalog, vault, pools::storeKeyRing);
        this.snapshots = new SnapshotBrowser(catalog, trees, vault, new SnapshotDeletion(catalog, hosts, clock), clock::corrected);
        this.stage = new Stage(appliance, catalog, hosts, pools, vault, trees, new NodeName(name), tickets,
                new PageAllowances(client -> catalog.read(view -> view.treeBytes(client)), trees::room), clock);
        this.jobs = new JobQueue(catalog, new JobFactory(stage, snapshots, this::callHosts));
        this.groups = new TrustGroups(catalog);
        this.terms = new TermsDesk(catalog);
        this.saveSets = new KeptSaveSets(catalog, new ClientName(name));
        this.policies = new KeptPolicies(catalog, jobs);
        this.publishers = new PublisherBook(catalog, ShippedPublishers.in(home.distribution()), clock::known);
        this.drivers = new DriverDesk(catalog, hosts, publishers);
        this.devices = new DeviceDesk(catalog, hosts, pools::node);
        jobs.settle();
        ReportDesk desk = new ReportDesk(catalog, jobs, this::greet);
        transports.keepTime(clock::known);
        // before anything is offered: what is offered to other hosts needs a certificate
        this.enrolment = new EnrolmentDesk(home.root(), roles.stream().map(role -> role + "/" + name).collect(Collectors.toSet()), catalog,
                new EnrolmentDesk.Rules(ca, CERTIFICATE_LIFE, clock::known, clock::likely), hosts, transports,
                new EnrolmentDesk.Appliance(pools::appliance, this::endpoints, this::revoked));
        Reception reception = new Reception(() -> tickets.welcome(pools.appliance()), hosts, desk, enrolment.gate(), this::told);
        this.offer = transports.offer(SERVICE, "server/" + name, reception::accept);
        this.calls = new Calls(transports, "server/" + name, hosts, reception);
        this.callBook = new CallBook(catalog, calls);
        callBook.open();
        clock.begin();
    }

    private void told(String peer, String address, Instant time) throws BackupException {
        if (!OwnAddress.is(address)) {
            String host = catalog.read(view -> SameHost.names(view, peer)).iterator().next();
            clock.told(host, peer, address, time);
        }
    }

    /** Calls those, too, that came back with a catalog. */
    private void callHosts() {
        try {
            callBook.open();
        } catch (BackupException e) {
            log.warn("hosts that are to be called could not be looked up; they are when the server starts again: {}", e.getMessage());
        }
    }

    private List<Endpoint> endpoints() {
        return offer.endpoints();
    }

    private void revoked(HostRole role, String name, BackupException why) throws BackupException {
        switch (role) {
            case CLIENT -> {
                jobs.revoked(new ClientName(name), why);
                hosts.cut(new ClientName(name));
            }
            case NODE -> {
                jobs.revoked(new NodeName(name), why);
                hosts.cut(new NodeName(name));
            }
        }
    }

    private ApplianceId appliance() throws BackupException {
        return catalog.write(edit -> {
            String known = edit.setting("appliance.id").orElse(null);
            if (known != null) {
                return ApplianceId.parse(known);
            }
            UUID random = UUID.randomUUID();
            ApplianceId made = new ApplianceId(random.getMostSignificantBits(), random.getLeastSignificantBits());
            edit.putSetting("appliance.id", made.toString());
            return made;
        });
    }

    private void greet(ConnectedNode node) {
        Thread.ofVirtual().name("server-pools-" + node.name()).start(() -> {
            try {
                enrolment.greet(node);
                pools.open(node, new LostPacks(stage));
                new PendingManifests(catalog).withdraw(node, (job, pool) -> !jobs.isActive(job, pool));
            } catch (BackupException e) {
                log.error("node={} its pools could not be opened: {}", node.name(), e.getMessage());
            } finally {
                if (node.name().value().equals(name)) {
                    nodeServed.countDown();
                }
            }
        });
    }

    /** Waits for the local roles, on a first start makes the pool {@code default}, and goes on with the jobs that wait. */
    void settleIn(Set<String> localRoles) throws BackupException, InterruptedException {
        if (localRoles.contains("node")) {
            if (!nodeServed.await(JOIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("the storage node of this host did not join within {} s", JOIN_TIMEOUT.toSeconds());
            } else if (pools.list().isEmpty() && catalog.read(view -> view.setting(FIRST_START)).isEmpty()) {
                makeDefaultPool();
            }
        }
        if (localRoles.contains("client") && !hosts.awaitClient(new ClientName(name), JOIN_TIMEOUT)) {
            log.warn("the client of this host did not join within {} s", JOIN_TIMEOUT.toSeconds());
        }
        for (Pool pool : pools.list()) {
            SealedConfiguration.open(catalog, vault, pool); // a rebuild that was through may have been killed before
        }
        jobs.resume();
    }

    /** An appliance without its first pool is of use still: somebody can look at it and make another. */
    private void makeDefaultPool() throws BackupException {
        OwnerOnly.directory(home.defaultPool().getParent());
        firstPool = earlier();
        if (firstPool != null) {
            log.error("the pool default is not made: {}", firstPool);
            return;
        }
        try {
            pools.create(new PoolName("default"), "disk", Map.of("path", home.defaultPool().toString()),
                    Pools.Readers.APPLIANCE, new Pools.Site(new NodeName(name), null));
            firstPool = null;
            catalog.write(edit -> {
                edit.putSetting(FIRST_START, "done");
                return null;
            });
        } catch (BackupException e) {
            firstPool = e.getMessage();
            log.error("the pool default could not be made: {}", e.getMessage());
        }
    }

    /** What an appliance that has lost its catalog left here, null if nothing: its keys and its volume must not be taken for leftovers. */
    private String earlier() {
        if (Files.exists(home.defaultPool().resolve("azekura-label"))) {
            return home.defaultPool() + " holds a volume already; take it over with \"azekura catalog rebuild --from " + home.defaultPool() + "\"";
        }
        if (Files.exists(home.keys().resolve("default"))) {
            return home.keys() + " holds the key of a pool default already; take its volume over with \"azekura catalog rebuild --from DIR\", or move"
                    + " the key away and start again";
        }
        return null;
    }

    MediaPools pools() {
        return pools;
    }

    EnrolmentDesk enrolment() {
        return enrolment;
    }

    PublisherBook publishers() {
        return publishers;
    }

    DriverDesk drivers() {
        return drivers;
    }

    DeviceDesk devices() {
        return devices;
    }

    KeyDesk keys() {
        return keys;
    }

    JobQueue jobs() {
        return jobs;
    }

    Hosts hosts() {
        return hosts;
    }

    KeptSaveSets saveSets() {
        return saveSets;
    }

    KeptPolicies policies() {
        return policies;
    }

    SnapshotBrowser snapshots() {
        return snapshots;
    }

    @Override
    public Status status() throws BackupException {
        List<RoleState> roles = new ArrayList<>();
        roles.add(new RoleState("server", name, true));
        List<String> warnings = new ArrayList<>();
        for (Pool pool : pools.list()) {
            if (!vault.canFill(pool)) {
                warnings.add("no key of pool " + pool.name() + " is here: nothing can be saved or restored; run \"azekura key import FILE\"");
            } else if (pool.keyExported() == null) {
                String since = KeyRing.parse(pool.keyRing()).epoch() > 1 ? " was not exported since a new epoch began" : " was never exported";
                warnings.add("the key of pool " + pool.name() + since + ": without it nothing can be read if this machine is lost;"
                        + " run \"azekura key export --pool " + pool.name() + " --to FILE\"");
            }
            if (!hosts.isConnected(pool.node())) {
                warnings.add("storage node " + pool.node() + " of pool " + pool.name() + " is not connected");
            }
        }
        String advice = clock.state().advice();
        if (!advice.isEmpty()) {
            warnings.add(advice);
        }
        if (firstPool != null) {
            warnings.add("the pool default could not be made: " + firstPool);
        }
        DevelopmentMode development = publishers.development();
        if (development.on()) {
            warnings.add(development.sentence() + "; end it with \"azekura driver trust development off\"");
        }
        pools.offline().forEach((pool, why) -> warnings.add("pool " + pool + " can't be used: " + why));
        hosts.nodes().stream().map(node -> new RoleState("node", node.name().value(), true)).sorted(Comparator.comparing(RoleState::name))
                .forEach(roles::add);
        for (Client client : clients()) {
            roles.add(new RoleState("client", client.name().value(), hosts.isConnected(client.name())));
        }
        return new Status(version, roles, warnings, jobs.list(true).size(), catalog.read(CatalogView::snapshotCount));
    }

    @Override
    public ClockState clock() {
        return clock.state();
    }

    @Override
    public ClockState confirmClock(Instant seen) throws BackupException {
        return clock.confirm(seen);
    }

    @Override
    public List<Client> clients() throws BackupException {
        return catalog.read(view -> view.clients());
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
        return catalog.read(CatalogView::quotas);
    }

    @Override
    public Quota quota(ClientName client) throws BackupException {
        return catalog.read(view -> Quotas.of(view, client));
    }

    @Override
    public Quota limit(ClientName client, long bytes) throws BackupException {
        return catalog.write(edit -> Quotas.limit(edit, client, bytes));
    }

    @Override
    public Optional<String> address(ClientName client) throws BackupException {
        return callBook.address(client);
    }

    @Override
    public void setAddress(ClientName client, String address) throws BackupException {
        callBook.set(client, address);
        if (!address.isEmpty()) {
            try {
                hosts.awaitClient(client, FIRST_CALL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Optional<String> address(NodeName node) throws BackupException {
        return callBook.address(node);
    }

    @Override
    public void setAddress(NodeName node, String address) throws BackupException {
        callBook.set(node, address);
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
        jobs.limitsChanged();
        return now;
    }

    /** Stops taking connections, then jobs, then lets go of the state. */
    @Override
    public void close() {
        offer.close();
        enrolment.close();
        calls.close();
        jobs.close();
        drivers.close();
        hosts.close();
        trees.close();
        clock.close();
    }
}
