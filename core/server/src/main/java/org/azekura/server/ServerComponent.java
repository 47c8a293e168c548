package org.azekura.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.driver.CatalogUse;
import org.azekura.api.driver.DeviceUse;
import org.azekura.api.driver.TransportUse;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.names.NameIndex;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.ConsoleAddress;
import org.azekura.api.server.StartProblem;
import org.azekura.api.transport.Transport;
import org.azekura.server.catalog.CatalogChange;
import org.azekura.server.catalog.HeldCatalog;
import org.azekura.server.catalog.Lead;
import org.azekura.server.catalog.ServedCatalog;
import org.azekura.wire.Transports;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the backup server while there is a certificate authority. Activation does nothing that can block: the server starts on a thread of its own once
 * there is a catalog store, and its services appear once the roles of this host have joined. While another server leads it stands by: its services answer
 * what the catalog tells, and nothing begins; each change of that makes it anew. Transports and catalog stores come and go meanwhile.
 */
@Component(name = "org.azekura.server", service = {})
@Designate(ocd = ServerComponent.Settings.class)
public final class ServerComponent {

    private static final Logger log = LoggerFactory.getLogger(ServerComponent.class);

    /** Longer than one that is alone waits for its own former run to be taken for gone: then nobody sees it stand by. */
    private static final Duration AT_ONCE = Duration.ofSeconds(8);
    /** Longer than a call of a catalog's store takes at most. */
    private static final Duration LAST_CHANGES = Duration.ofMinutes(4);

    /** Longer than jobs of another server need to end here: until then this one takes part in its lead. */
    private static final long STOP_ms = 12_000;

    private final BundleContext context;
    private final HeldCatalog catalog = new HeldCatalog();
    /** The first is asked. */
    private final List<NameIndex> names = new CopyOnWriteArrayList<>();
    private final List<AlertSource> sources = new ArrayList<>();
    private final CertificateAuthority ca;
    private final Transports transports = new Transports();
    private final Thread starter;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();
    /** Null if tree pages are in the home alone. */
    private final TreeDevice treeDevice;
    private final String name;
    private final Lead lead;
    private final Standby standby;
    private volatile ConsoleAddress console;
    private BackupServer server;
    private ServedCatalog served;
    /** Of {@link #server}. */
    private List<ServiceRegistration<?>> offered = List.of();
    private volatile Settings settings;
    private boolean stopped;

    @ObjectClassDefinition(name = "Backup server", description = "What this appliance does by itself.")
    public @interface Settings {

        @AttributeDefinition(name = "Days in which each cartridge is read", description = "What lies on a cartridge and was not verified for so many days is read when no job is at work"
                + " in its library; 0: nothing is read by itself.", min = "0")
        int readWithin__days() default 365;

        @AttributeDefinition(name = "Hours between prunes after expiry", description = "When snapshots of a pool have expired it is pruned, at most once in so many hours; 0: it is"
                + " only when somebody says so.", min = "0")
        int pruneEvery__h() default 24;

        @AttributeDefinition(name = "Days for which jobs are kept", description = "A job that ended so many days ago is deleted with its log, unless a run of a policy, a run of drills or a"
                + " proof tells of it; 0: none is. The audit log is kept whole.", min = "0")
        int keepJobs__days() default 400;

        @AttributeDefinition(name = "Jobs at once", description = "So many jobs run at a time, 1 to 512, with at most four of each client. More than storage nodes and networks"
                + " carry makes each slower, and none earlier done.", min = "1", max = "512")
        int jobsAtOnce() default 32;

        @AttributeDefinition(name = "Device of tree pages", description = "Name of a device, configured beside this, on which several servers keep the directories of all snapshots"
                + " together. Empty: they are in this home alone. Taken on at the next start.")
        String treesDevice() default "";

        @AttributeDefinition(name = "Jobs of another server", description = "Whether this server carries out backups and restores of another one on the same catalog while that leads. Hosts"
                + " connect with both then. It does so only with a device of tree pages, and one that is alone has nobody to do it for. Taken on at once: turned off it ends what it carries out,"
                + " and that goes on where the lead is.")
        boolean takesJobs() default true;
    }

    @Activate
    public ServerComponent(BundleContext context, @Reference CertificateAuthority ca, Settings settings) throws InvalidSyntaxException {
        this.settings = settings;
        this.context = context;
        this.ca = ca;
        this.name = context.getProperty("azekura.name");
        this.lead = new Lead(catalog, name, this::place, this::hosts, this::takesJobs);
        this.standby = new Standby(catalog, lead, LAST_CHANGES);
        standby.jobsAtOnce(jobsAtOnce());
        this.services.add(context.registerService(CatalogUse.class, new CatalogChange(catalog), null));
        this.services.add(context.registerService(TransportUse.class, this::beginTransports, null));
        this.treeDevice = settings.treesDevice().isBlank() ? null : new TreeDevice(context, new DeviceName(settings.treesDevice()));
        if (treeDevice != null) {
            treeDevice.open();
        }
        this.starter = Thread.ofPlatform().name("server-start").daemon().start(this::start);
    }

    /** They are taken on while all goes on. */
    @Modified
    synchronized void changed(Settings now) {
        settings = now;
        if (server != null) {
            server.readWithin(readWithin());
            server.pruneEvery(pruneEvery());
            server.keepJobs(keepJobs());
            server.jobsAtOnce(jobsAtOnce());
        }
        standby.jobsAtOnce(jobsAtOnce());
    }

    private boolean takesJobs() {
        return settings.takesJobs() && treeDevice != null;
    }

    private Duration pruneEvery() {
        return Duration.ofHours(Math.max(0, settings.pruneEvery__h()));
    }

    private Duration keepJobs() {
        return Duration.ofDays(Math.max(0, settings.keepJobs__days()));
    }

    private int jobsAtOnce() {
        return Math.clamp(settings.jobsAtOnce(), 1, 512);
    }

    private Duration readWithin() {
        return Duration.ofDays(Math.max(0, settings.readWithin__days()));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport) {
        transports.add(transport);
    }

    void removeTransport(Transport transport) {
        transports.remove(transport);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addCatalog(CatalogStore store) {
        catalog.came(store);
    }

    void removeCatalog(CatalogStore store) {
        catalog.went(store);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void addConsole(ConsoleAddress address) {
        console = address;
    }

    void removeConsole(ConsoleAddress address) {
        if (console == address) {
            console = null;
        }
    }

    private String place() {
        ConsoleAddress now = console;
        return now == null ? "" : now.elsewhere().toString();
    }

    private List<Endpoint> hosts() {
        return transports.reachable(BackupServer.SERVICE).stream().map(at -> at.at(name)).toList();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addNames(NameIndex index) {
        names.add(index);
    }

    void removeNames(NameIndex index) {
        names.remove(index);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void addAlerts(AlertSource source) {
        sources.add(source);
        if (server != null) {
            server.alerts().add(source);
        }
    }

    synchronized void removeAlerts(AlertSource source) {
        sources.remove(source);
        if (server != null) {
            server.alerts().remove(source);
        }
    }

    /** Hosts that dial this server must find it again; they dial by themselves. */
    private DeviceUse.Pause beginTransports() {
        Transports.Standing offers = transports.standing();
        return new DeviceUse.Pause() {
            @Override
            public void prove(Duration patience) throws BackupException {
                offers.await(patience);
            }

            @Override
            public void close() {
                // Nobody waits.
            }
        };
    }

    private void start() {
        try {
            Home home = new Home(Path.of(context.getProperty("azekura.home")), distribution());
            if (!isToAdopt()) {
                SharedIdentity.of(home, ca).requireSame(catalog);
            }
            lead.stand();
            while (true) {
                boolean leads = lead.await(true, AT_ONCE);
                serveUntilItChanges(home, leads);
                log.info(leads ? "another server leads: this one ends what it had under way and stands by" : "this server leads from now on");
                if (!end()) {
                    throw Standby.stuck();
                }
                if (lead.isLost()) {
                    lead.stand();
                }
            }
        } catch (BackupException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                log.info("the backup server was stopped while it started: {}", e.getMessage());
                return;
            }
            log.error("the backup server can't start", e);
            publishProblem("the backup server can't start: " + e.getMessage());
            giveUp();
        } catch (InterruptedException e) {
            log.debug("the backup server was stopped");
        }
    }

    /** Whether the catalog is to be this home's, whoever's it was. */
    private boolean isToAdopt() {
        return Boolean.parseBoolean(context.getProperty("azekura.adoptCatalog"));
    }

    private void serveUntilItChanges(Home home, boolean leads) throws BackupException, InterruptedException {
        try {
            serve(home, leads);
        } catch (BackupException | RuntimeException e) {
            if (!lead.isLost()) {
                throw e;
            }
            log.warn("another server took the lead while this one began: {}", e.getMessage());
        }
        if (leads) {
            lead.await(false);
        } else {
            WorkingServer.Process process = new WorkingServer.Process(home, name, roles(), ca, transports);
            standby.run(changed -> new WorkingServer(process, changed, lead, lead.offers().orElseThrow(), standing()));
        }
    }

    private synchronized BackupServer standing() {
        if (server == null) {
            throw new IllegalStateException("this server was stopped");
        }
        return server;
    }

    private Set<String> roles() {
        return Arrays.stream(context.getProperty("azekura.roles").split(",")).collect(Collectors.toSet());
    }

    /** Another may be able to. */
    private void giveUp() {
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lead.resign();
    }

    private void serve(Home home, boolean leads) throws BackupException, InterruptedException {
        Set<String> roles = roles();
        ServedCatalog served = new ServedCatalog(catalog, lead, leads);
        BackupServer made = new BackupServer(home, name, roles, context.getBundle().getVersion().toString(), served, lead, () -> names.isEmpty() ? null : names.getFirst(), ca,
                transports, treeDevice);
        if (!keep(made, served)) {
            return;
        }
        if (leads) {
            if (isToAdopt()) {
                SharedIdentity.of(home, ca).adopt(served);
            }
            made.begin();
            made.settleIn(roles);
        } else {
            made.standBy();
        }
        publish(made);
    }

    private Path distribution() {
        String folder = context.getProperty("azekura.distribution");
        return folder == null ? null : Path.of(folder);
    }

    /** Whether it is wanted still. */
    private synchronized boolean keep(BackupServer made, ServedCatalog catalogOfIt) {
        if (stopped) {
            made.close();
            return false;
        }
        server = made;
        served = catalogOfIt;
        sources.forEach(made.alerts()::add);
        made.readWithin(readWithin());
        made.pruneEvery(pruneEvery());
        made.keepJobs(keepJobs());
        made.jobsAtOnce(jobsAtOnce());
        return true;
    }

    private synchronized void publishProblem(String text) {
        if (!stopped) {
            services.add(context.registerService(StartProblem.class, () -> text, new Hashtable<>(Map.of(StartProblem.TEXT, text))));
        }
    }

    private synchronized void publish(BackupServer made) {
        if (server == made) {
            offered = Offering.of(context, made, served);
        }
    }

    /**
     * Ends this run of the server.
     *
     * @return whether nothing of it can change the catalog any more
     */
    private boolean end() throws InterruptedException {
        BackupServer ending;
        ServedCatalog last;
        synchronized (this) {
            offered.forEach(ServiceRegistration::unregister);
            offered = List.of();
            ending = server;
            last = served;
            server = null;
            served = null;
        }
        if (ending == null) {
            return true;
        }
        ending.close();
        last.close();
        return last.awaitQuiet(LAST_CHANGES);
    }

    @Deactivate
    void stop() throws InterruptedException {
        starter.interrupt();
        starter.join(STOP_ms);
        synchronized (this) {
            stopped = true;
            services.forEach(ServiceRegistration::unregister);
            services.clear();
        }
        end();
        lead.resign();
        if (treeDevice != null) {
            treeDevice.close();
        }
    }
}
