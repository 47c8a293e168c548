package org.azekura.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Pool;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.HostRole;
import org.azekura.api.names.NameIndex;
import org.azekura.api.server.Catalog;
import org.azekura.engine.seal.TwinSeal;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.alert.AlertBoard;
import org.azekura.server.browse.OpenTrees;
import org.azekura.server.browse.SnapshotBrowser;
import org.azekura.server.budget.BudgetAlerts;
import org.azekura.server.budget.BudgetKeeper;
import org.azekura.server.catalog.Servers;
import org.azekura.server.clock.OwnAddress;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.driver.DeviceDesk;
import org.azekura.server.driver.DriverChanges;
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
import org.azekura.server.host.Reception;
import org.azekura.server.host.Tickets;
import org.azekura.server.job.JobFactory;
import org.azekura.server.job.JobKeeper;
import org.azekura.server.job.JobQueue;
import org.azekura.server.job.OfferDesk;
import org.azekura.server.job.ReportDesk;
import org.azekura.server.job.backup.PendingManifests;
import org.azekura.server.job.damage.LostPacks;
import org.azekura.server.job.heal.HealKeeper;
import org.azekura.server.job.lock.PoolMedia;
import org.azekura.server.job.place.PartPlaces;
import org.azekura.server.job.run.Stage;
import org.azekura.server.library.DriveKeeper;
import org.azekura.server.library.LibraryDesk;
import org.azekura.server.names.NameKeeper;
import org.azekura.server.names.NameSearch;
import org.azekura.server.pool.CheckpointGround;
import org.azekura.server.pool.CheckpointKeeper;
import org.azekura.server.pool.KeyDesk;
import org.azekura.server.pool.MediaPools;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.pool.SealedConfiguration;
import org.azekura.server.pool.TwinShelf;
import org.azekura.server.proof.CopyAlerts;
import org.azekura.server.proof.CoverageKeeper;
import org.azekura.server.proof.DrillCourse;
import org.azekura.server.proof.ProofAlerts;
import org.azekura.server.proof.ProofDesk;
import org.azekura.server.proof.SiteDesk;
import org.azekura.server.proof.SpreadKeeper;
import org.azekura.server.protection.KeptPolicies;
import org.azekura.server.protection.KeptSaveSets;
import org.azekura.server.prune.SnapshotDeletion;
import org.azekura.server.retention.Ages;
import org.azekura.server.retention.RetentionDesk;
import org.azekura.server.retention.RetentionKeeper;
import org.azekura.server.schedule.Course;
import org.azekura.server.schedule.PolicyCourse;
import org.azekura.server.schedule.RunAlerts;
import org.azekura.server.schedule.Scheduler;
import org.azekura.server.trees.PageAllowances;
import org.azekura.server.trees.Sharing;
import org.azekura.server.trees.TreeStore;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backup server, assembled: everything it consists of, begun and ended in order. One that is not begun changes nothing and answers what the catalog tells. */
final class BackupServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BackupServer.class);
    static final String SERVICE = "server";
    /** Prefix on the device that servers share. */
    private static final String TREES = "trees";
    /** For what a secret is made of the signing key, which all servers of a catalog have. */
    private static final String POOL_KEYS = "azekura keys of pools";
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(45);
    /** A host that is away for a month still comes back in time to have its certificate renewed. */
    static final Duration CERTIFICATE_LIFE = Duration.ofDays(90);

    private final String name;
    private final Catalog catalog;
    private final ServerClock clock;
    private final Hosts hosts = new Hosts();
    private final TreeStore trees;
    private final Stage stage;
    private final MediaPools pools;
    private final PoolVault vault;
    private final KeyDesk keys;
    private final JobQueue jobs;
    private final KeptSaveSets saveSets;
    private final Scheduler scheduler;
    private final KeptPolicies policies;
    private final ProofDesk proofs;
    private final CoverageKeeper coverage;
    private final CheckpointKeeper checkpoints;
    private final SpreadKeeper spreads;
    private final SnapshotBrowser snapshots;
    private final NameKeeper names;
    private final EnrolmentDesk enrolment;
    private final PublisherBook publishers;
    private final DriverDesk drivers;
    private final DeviceDesk devices;
    private final LibraryDesk libraries;
    private final DriveKeeper drivesKept;
    private final RetentionDesk retention;
    private final RetentionKeeper retentionKept;
    private final JobKeeper jobsKept;
    private final HealKeeper healKept;
    private final BudgetKeeper budgets;
    private final Transports transports;
    private final SharedIdentity identity;
    private final ServerBook serverBook;
    private final TwinKeeper twins;
    private final Reception reception;
    private final Calls calls;
    private final CallBook callBook;
    private final FirstPool firstPool;
    private final AlertBoard alerts;
    private final ApplianceDesk appliance;
    /** Opens when the pools of the node of this host are served, as far as they can be. */
    private final CountDownLatch nodeServed = new CountDownLatch(1);
    /** Null before it begins. */
    private volatile Transports.Offer offer;

    /**
     * Opens the state.
     *
     * @param name  of this host
     * @param roles of this process
     * @param servers   those that share the catalog
     * @param nameIndex gives the one that is there, or null
     * @param treePlace where tree pages are shared with other servers; null if they are in the home alone
     */
    BackupServer(Home home, String name, Set<String> roles, String version, Catalog catalog, Servers servers, Supplier<NameIndex> nameIndex,
            CertificateAuthority ca, Transports transports, Sharing.Place treePlace) throws BackupException {
        this.name = name;
        this.catalog = catalog;
        this.transports = transports;
        this.clock = ServerClock.open(catalog);
        // before anything is opened: a home of another appliance would bring its pages to the device that is shared, and have open what nobody closes
        this.identity = SharedIdentity.of(home, ca);
        if (!catalog.leads()) {
            identity.requireSame(catalog);
        }
        OwnerOnly.directory(home.trees());
        ApplianceId id = applianceId();
        this.trees = treePlace == null ? TreeStore.open(home.trees()) : TreeStore.open(home.trees(), new Sharing(treePlace, TREES, name));
        SigningKey signer = identity.signer();
        this.serverBook = new ServerBook(name, catalog, servers);
        this.vault = new PoolVault(home.keys(), catalog, new TwinShelf(catalog, new TwinSeal(signer.secretFor(POOL_KEYS)), serverBook::isShared));
        this.twins = new TwinKeeper(catalog.leads(), serverBook, vault);
        this.pools = new MediaPools(id, new NodeName(name), catalog, hosts, vault, signer, trees);
        Tickets tickets = new Tickets(signer, catalog, clock::steady);
        this.keys = new KeyDesk(catalog, vault, pools::storeKeyRing);
        this.stage = new Stage(id, catalog, hosts, pools, vault, trees, new NodeName(name), tickets,
                new PageAllowances(client -> catalog.read(view -> view.treeBytes(client)), trees::room), clock);
        this.spreads = new SpreadKeeper(catalog, new NodeName(name), System::nanoTime);
        this.names = new NameKeeper(catalog, new OpenTrees(trees, vault), nameIndex);
        vault.onChange(names::keysChanged);
        this.snapshots = new SnapshotBrowser(catalog, trees, vault, new SnapshotDeletion(catalog, trees, vault, hosts, clock), clock::corrected, new PartPlaces(stage)::of,
                spreads::of, new NameSearch(catalog, names));
        DriverChanges changes = new DriverChanges(hosts, home.packages());
        this.libraries = new LibraryDesk(catalog, hosts, pools);
        this.jobs = new JobQueue(catalog, new JobFactory(stage, snapshots, this::callHosts, changes, libraries), new NodeName(name));
        if (treePlace != null) {
            jobs.offers(new OfferDesk(stage, servers::offers)); // another server has to have the directories, too
        }
        this.saveSets = new KeptSaveSets(catalog, new ClientName(name));
        this.scheduler = new Scheduler(catalog, jobs, view -> courses(view, view.policies()), InstantSource.system(), ZoneId.systemDefault());
        this.policies = new KeptPolicies(catalog, scheduler, InstantSource.system());
        this.proofs = new ProofDesk(catalog, scheduler, ca, clock::instant, spreads);
        this.coverage = new CoverageKeeper(catalog, clock::instant);
        jobs.watch(progress -> {
            if (progress.state().ended()) {
                scheduler.wake();
            }
        });
        this.publishers = new PublisherBook(catalog, ShippedPublishers.in(home.distribution()), clock::known);
        this.drivers = new DriverDesk(catalog, hosts, publishers, jobs, changes);
        pools.heeds(new LostPacks(stage));
        this.budgets = new BudgetKeeper(catalog, hosts, clock::likely, jobs::spent);
        this.devices = new DeviceDesk(catalog, hosts, pools::node, (node, device) -> pools.changed(node, device, new LostPacks(stage)), budgets);
        this.drivesKept = new DriveKeeper(libraries, jobs);
        this.retention = new RetentionDesk(catalog, Ages.of(clock), new PoolMedia(stage, jobs));
        this.retentionKept = new RetentionKeeper(catalog, retention, Ages.of(clock), jobs, hosts::isConnected, System::nanoTime);
        this.jobsKept = new JobKeeper(catalog, clock::instant, jobs.active()::isActive);
        this.healKept = new HealKeeper(stage, jobs::begin);
        this.checkpoints = new CheckpointGround(catalog, trees, vault, hosts, pools, libraries, devices, jobs).keeper();
        pools.media().onDrive(drivesKept);
        jobs.onEnd(() -> {
            names.changed();
            spreads.changed();
        });
        ReportDesk desk = new ReportDesk(catalog, jobs, pools.media(), this::greet);
        this.enrolment = new EnrolmentDesk(home.root(), roles.stream().map(role -> role + "/" + name).collect(Collectors.toSet()), catalog,
                new EnrolmentDesk.Rules(ca, CERTIFICATE_LIFE, clock::known, clock::likely), hosts, transports,
                new EnrolmentDesk.Appliance(pools::appliance, this::endpoints, this::revoked));
        this.reception = new Reception(() -> tickets.welcome(pools.appliance()), hosts, desk, enrolment.gate(), this::told, () -> serverBook.told(endpoints()));
        this.calls = new Calls(transports, "server/" + name, hosts, reception);
        this.callBook = new CallBook(catalog, calls);
        this.firstPool = new FirstPool(home, new NodeName(name), catalog, pools);
        ApplianceDesk.Rooms rooms = new ApplianceDesk.Rooms(catalog, clock, hosts, trees, pools, vault, jobs, publishers, callBook, checkpoints);
        this.alerts = new AlertBoard(catalog, InstantSource.system());
        alerts.add(new StandingAlerts(rooms, firstPool::problem));
        alerts.add(new TreeAlerts(trees));
        alerts.add(this::courseAlerts);
        alerts.add(checkpoints::alerts);
        alerts.add(serverBook::alerts);
        alerts.add(twins::alerts);
        this.appliance = new ApplianceDesk(name, version, rooms, alerts, serverBook, new SiteDesk(catalog, new NodeName(name), () -> hosts.nodes().stream().map(ConnectedNode::name).toList(), spreads::changed));
    }

    /** While another leads: takes up what that one has for it. */
    void standBy() {
        twins.open();
    }

    /** Goes on with what the catalog remembers, and begins to listen. */
    void begin() throws BackupException {
        identity.keep(catalog);
        serverBook.begin();
        twins.open();
        clock.look();
        jobs.settle();
        transports.keepTime(clock::known);
        // before anything is offered: what is offered to other hosts needs a certificate
        enrolment.begin();
        this.offer = transports.offer(SERVICE, "server/" + name, reception::accept);
        callBook.open();
        drivesKept.open();
        names.open();
        trees.tend();
        clock.begin();
    }

    /** All that runs by a schedule. */
    private static List<Course> courses(CatalogView view, List<Policy> policies) throws BackupException {
        return Stream.concat(policies.stream().map(PolicyCourse::new), DrillCourse.all(view).stream()).toList();
    }

    private List<Alert> courseAlerts() throws BackupException {
        return catalog.read(view -> {
            List<Policy> policies = view.policies();
            return Stream.of(RunAlerts.of(view, courses(view, policies)), ProofAlerts.of(view, scheduler, clock.instant()), CopyAlerts.of(view, policies, clock.instant()), BudgetAlerts.of(view, clock.likely()))
                    .flatMap(List::stream).toList();
        });
    }

    /** All of each cartridge is read in so long, when nobody wants its library; zero: it is not. */
    void readWithin(Duration time) {
        drivesKept.readWithin(time);
    }

    /** So many jobs run at a time; those that run go on. */
    void jobsAtOnce(int all) {
        jobs.atOnce(all);
    }

    /** A pool is pruned at most so often because snapshots have expired; zero: it is not. */
    void pruneEvery(Duration time) {
        retentionKept.pruneEvery(time);
    }

    /** Jobs that have ended are kept for so long; zero: for ever. */
    void keepJobs(Duration time) {
        jobsKept.keepFor(time);
    }

    /** Orders now what is to be healed, and not at the next look. */
    void healDue() throws BackupException {
        healKept.round();
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
                jobs.active().revoked(new ClientName(name), why);
                hosts.cut(new ClientName(name));
            }
            case NODE -> {
                jobs.active().revoked(new NodeName(name), why);
                hosts.cut(new NodeName(name));
            }
        }
    }

    private ApplianceId applianceId() throws BackupException {
        String named = catalog.read(view -> view.setting("appliance.id")).orElse(null);
        return named != null ? ApplianceId.parse(named) : catalog.write(edit -> {
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
                drivesKept.joined(node);
                pools.open(node, new LostPacks(stage));
                new PendingManifests(catalog).withdraw(node, (job, pool) -> !jobs.active().isActive(job, pool));
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
            } else {
                firstPool.make();
            }
        }
        if (localRoles.contains("client") && !hosts.awaitClient(new ClientName(name), JOIN_TIMEOUT)) {
            log.warn("the client of this host did not join within {} s", JOIN_TIMEOUT.toSeconds());
        }
        for (Pool pool : pools.list()) {
            SealedConfiguration.open(catalog, vault, pool); // a rebuild that was through may have been killed before
        }
        budgets.open();
        jobs.resume();
        retentionKept.open();
        jobsKept.open();
        healKept.open();
        coverage.open();
        checkpoints.open();
        scheduler.begin();
        alerts.open();
    }

    TreeStore trees() {
        return trees;
    }

    SigningKey signer() throws BackupException {
        return identity.signer();
    }

    AlertBoard alerts() {
        return alerts;
    }

    ApplianceDesk appliance() {
        return appliance;
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

    LibraryDesk libraries() {
        return libraries;
    }

    KeyDesk keys() {
        return keys;
    }

    PoolVault vault() {
        return vault;
    }

    TwinKeeper twins() {
        return twins;
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

    RetentionDesk retention() {
        return retention;
    }

    KeptPolicies policies() {
        return policies;
    }

    ProofDesk proofs() {
        return proofs;
    }

    SnapshotBrowser snapshots() {
        return snapshots;
    }

    /** Stops taking connections, then jobs, then lets go of the state. */
    @Override
    public void close() {
        alerts.close();
        twins.close();
        if (offer == null) {
            jobs.close();
            hosts.close();
            trees.close();
            return;
        }
        offer.close();
        enrolment.close();
        calls.close();
        drivesKept.close();
        retentionKept.close();
        jobsKept.close();
        healKept.close();
        budgets.close();
        coverage.close();
        checkpoints.close();
        scheduler.close();
        jobs.close();
        names.close();
        hosts.close();
        trees.close();
        clock.close();
    }
}
