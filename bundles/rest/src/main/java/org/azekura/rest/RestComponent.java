package org.azekura.rest;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.azekura.api.BackupException;
import org.azekura.api.access.AuditLog;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Requests;
import org.azekura.api.access.Seal;
import org.azekura.api.access.SecondFactors;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.SingleSignOn;
import org.azekura.api.access.Tokens;
import org.azekura.api.access.Users;
import org.azekura.api.content.Contents;
import org.azekura.api.server.AlertSource;
import org.azekura.api.server.Alerts;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.ApplianceDisks;
import org.azekura.api.server.Catalog;
import org.azekura.api.server.ConsoleAddress;
import org.azekura.api.server.Devices;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.Enrolment;
import org.azekura.api.server.Firmware;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Keys;
import org.azekura.api.server.Libraries;
import org.azekura.api.server.Notifications;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Pools;
import org.azekura.api.server.Proofs;
import org.azekura.api.server.Publishers;
import org.azekura.api.server.Retention;
import org.azekura.api.server.SaveSets;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.access.AccessDoor;
import org.azekura.rest.access.AuditRoutes;
import org.azekura.rest.access.Deferred;
import org.azekura.rest.access.FactorRoutes;
import org.azekura.rest.access.LoginAnswers;
import org.azekura.rest.access.PasskeyRoutes;
import org.azekura.rest.access.RequestRoutes;
import org.azekura.rest.access.RuleRoutes;
import org.azekura.rest.access.SessionRoutes;
import org.azekura.rest.access.SignOnRoutes;
import org.azekura.rest.access.TokenRoutes;
import org.azekura.rest.access.UserRoutes;
import org.azekura.rest.access.WayRoutes;
import org.azekura.rest.access.WaitingRequests;
import org.azekura.rest.access.Witness;
import org.azekura.rest.alert.AlertRoutes;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.RouteTable;
import org.azekura.rest.disk.DiskRoutes;
import org.azekura.rest.document.OpenApi;
import org.azekura.rest.download.DownloadRoutes;
import org.azekura.rest.driver.DriverRoutes;
import org.azekura.rest.driver.PublisherRoutes;
import org.azekura.rest.event.EventHub;
import org.azekura.rest.firmware.FirmwareRoutes;
import org.azekura.rest.host.AddressRoutes;
import org.azekura.rest.host.ClientRoutes;
import org.azekura.rest.host.EnrolmentRoutes;
import org.azekura.rest.host.JoinServlet;
import org.azekura.rest.host.SiteRoutes;
import org.azekura.rest.https.Beginning;
import org.azekura.rest.https.HttpsComponent;
import org.azekura.rest.https.Listening;
import org.azekura.rest.https.NetworkRoutes;
import org.azekura.rest.https.PrivateFile;
import org.azekura.rest.job.JobRoutes;
import org.azekura.rest.key.KeyRoutes;
import org.azekura.rest.media.BudgetRoutes;
import org.azekura.rest.media.DeviceRoutes;
import org.azekura.rest.media.LibraryRoutes;
import org.azekura.rest.media.PoolRoutes;
import org.azekura.rest.metrics.Metrics;
import org.azekura.rest.metrics.MetricsServlet;
import org.azekura.rest.notice.OutboxRoutes;
import org.azekura.rest.notice.TargetRoutes;
import org.azekura.rest.peer.PassOn;
import org.azekura.rest.peer.PeerServlet;
import org.azekura.rest.proof.PlanRoutes;
import org.azekura.rest.proof.ProofRoutes;
import org.azekura.rest.protection.PolicyRoutes;
import org.azekura.rest.protection.SaveSetRoutes;
import org.azekura.rest.protection.ScheduleRoutes;
import org.azekura.rest.retention.RetentionRoutes;
import org.azekura.rest.snapshot.SnapshotRoutes;
import org.azekura.rest.status.BackupRoutes;
import org.azekura.rest.status.CatalogRoutes;
import org.azekura.rest.status.ClockRoutes;
import org.azekura.rest.status.StatusRoutes;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the REST interface while HTTPS listens and the server offers its services; then says where. */
@Component(immediate = true, service = {})
public final class RestComponent {

    private static final Logger LOG = LoggerFactory.getLogger(RestComponent.class);

    /** When what has to be done at a start is done. */
    private static final Duration FIRST_WORK = Duration.ofSeconds(20);

    private final BundleContext context;
    private final Listening listening;
    private final Appliance appliance;
    private final Catalog catalog;
    private final Firmware firmware;
    private final ApplianceDisks disks;
    private final Pools pools;
    private final Keys keys;
    private final Jobs jobs;
    private final Snapshots snapshots;
    private final Enrolment enrolment;
    private final SaveSets saveSets;
    private final Policies policies;
    private final Retention retention;
    private final Proofs proofs;
    private final Tokens tokens;
    private final Sessions sessions;
    private final AuditLog log;
    private final Seal seal;
    private final Requests requests;
    private final List<Route> accessRoutes;
    private final Libraries libraries;
    private final List<Route> driverRoutes;
    private final Alerts alerts;
    private final Devices devices;
    private final List<Route> noticeRoutes;
    private final Beginning beginning;
    /** What downloads are read by; null while no client runs here. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile Contents contents;

    @Activate
    public RestComponent(BundleContext context, @Reference Listening listening, @Reference Appliance appliance, @Reference Pools pools,
            @Reference Keys keys, @Reference Jobs jobs, @Reference Snapshots snapshots, @Reference SaveSets saveSets, @Reference Policies policies,
            @Reference Retention retention, @Reference Proofs proofs, @Reference Enrolment enrolment, @Reference Drivers drivers, @Reference Publishers publishers, @Reference Devices devices,
            @Reference Libraries libraries, @Reference Users users, @Reference Tokens tokens, @Reference Sessions sessions, @Reference SecondFactors factors,
            @Reference Passkeys passkeys, @Reference SingleSignOn sso, @Reference AuditLog log, @Reference Seal seal, @Reference Requests requests, @Reference Alerts alerts,
            @Reference Notifications notifications, @Reference Catalog catalog, @Reference Firmware firmware,
            @Reference ApplianceDisks disks) {
        this.context = context;
        this.listening = listening;
        this.appliance = appliance;
        this.pools = pools;
        this.keys = keys;
        this.jobs = jobs;
        this.snapshots = snapshots;
        this.enrolment = enrolment;
        this.saveSets = saveSets;
        this.policies = policies;
        this.retention = retention;
        this.proofs = proofs;
        this.tokens = tokens;
        this.sessions = sessions;
        this.log = log;
        this.seal = seal;
        this.requests = requests;
        this.accessRoutes = accessRoutes(users, tokens, sessions, factors, passkeys, sso, log, requests);
        this.libraries = libraries;
        this.alerts = alerts;
        this.devices = devices;
        this.catalog = catalog;
        this.firmware = firmware;
        this.disks = disks;
        this.noticeRoutes = noticeRoutes(alerts, notifications);
        this.driverRoutes = driverRoutes(drivers, publishers, devices, libraries, pools);
        beginning = Beginning.of("rest interface", context, this::serve);
    }

    private void serve(Beginning begun) throws IOException, BackupException {
        EventHub events = new EventHub(new EventHub.Sources(jobs, alerts, appliance, devices), UUID.randomUUID().toString().replace("-", ""));
        begun.undo(events);
        List<Route> routes = routes(appliance, pools, keys, jobs, snapshots, saveSets, policies, retention, proofs, events,
                new EnrolmentRoutes(enrolment, appliance, listening.others()));
        routes.addAll(new CatalogRoutes(catalog).routes());
        routes.addAll(driverRoutes);
        routes.addAll(accessRoutes);
        routes.addAll(noticeRoutes);
        routes.addAll(new DownloadRoutes(snapshots, jobs, log, () -> contents).routes());
        routes.addAll(new NetworkRoutes(listening.network()).routes());
        routes.addAll(new FirmwareRoutes(firmware).routes());
        routes.addAll(new DiskRoutes(disks).routes());
        OpenApi document = new OpenApi(routes);
        routes.add(document.route());
        Path run = Path.of(context.getProperty("azekura.home"), "run");
        Door door = new AccessDoor(listening.door(), tokens, sessions);
        RouteTable table = new RouteTable(routes);
        Deferred deferred = new Deferred(requests, table);
        if (catalog.leads()) {
            // what was under way when the appliance ended comes before anybody else
            begun.undo(requests.serve(deferred));
        }
        begun.undo(context.registerService(AlertSource.class, new WaitingRequests(requests), null)::unregister);
        String name = context.getProperty("azekura.name");
        PassOn passOn = new PassOn(appliance::servers, seal, listening.door(), name);
        begun.undo(passOn);
        // the whiteboard serves it before this returns
        begun.undo(context.registerService(Servlet.class, new ApiServlet(door, new Witness(log), deferred, table, new StandBy(catalog, table, name), passOn,
                new Uploads(run.resolve("uploads"))), HttpsComponent.pattern(Route.ROOT + "/*"))::unregister);
        begun.undo(context.registerService(Servlet.class, new PeerServlet(seal, listening.network()::fingerprint), HttpsComponent.pattern(PeerServlet.PATH))::unregister);
        begun.undo(context.registerService(Servlet.class, new MetricsServlet(door, new Metrics(appliance, catalog, jobs, pools, libraries, proofs)),
                HttpsComponent.pattern(MetricsServlet.PATH))::unregister);
        begun.undo(context.registerService(Servlet.class, new JoinServlet(enrolment), HttpsComponent.pattern(JoinServlet.PATH))::unregister);
        URI url = listening.url();
        Path urlFile = run.resolve("url");
        PrivateFile.folder(urlFile.getParent());
        PrivateFile.write(urlFile, PrivateFile.READABLE, (url + "\n").getBytes(StandardCharsets.UTF_8));
        begun.undo(() -> Files.deleteIfExists(urlFile));
        begun.undo(context.registerService(ConsoleAddress.class, new Reached(url, listening.others() == null ? url : listening.others()),
                new Hashtable<>(Map.of(ConsoleAddress.URL, url.toString())))::unregister);
        begun.undo(document.madeAfter(FIRST_WORK));
        LOG.info("REST interface answers at {}{}", url, Route.ROOT);
    }

    private record Reached(URI url, URI elsewhere) implements ConsoleAddress {}

    /** Everything this interface answers to who has a token. */
    static List<Route> routes(Appliance appliance, Pools pools, Keys keys, Jobs jobs, Snapshots snapshots, SaveSets saveSets, Policies policies,
            Retention retention, Proofs proofs, EventHub events, EnrolmentRoutes enrolment) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new BackupRoutes(appliance).routes());
        routes.addAll(new StatusRoutes(appliance, jobs, snapshots, proofs).routes());
        routes.addAll(new ClockRoutes(appliance).routes());
        routes.addAll(new ClientRoutes(appliance).routes());
        routes.addAll(new AddressRoutes(appliance).routes());
        routes.addAll(new SiteRoutes(appliance.sites()).routes());
        routes.addAll(new PoolRoutes(pools).routes());
        routes.addAll(new KeyRoutes(keys).routes());
        routes.addAll(new SnapshotRoutes(snapshots, retention).routes());
        routes.addAll(new RetentionRoutes(retention, snapshots, policies).routes());
        routes.addAll(new SaveSetRoutes(saveSets, proofs).routes());
        routes.addAll(new PolicyRoutes(policies).routes());
        routes.addAll(new ScheduleRoutes(policies).routes());
        routes.addAll(new ProofRoutes(proofs).routes());
        routes.addAll(new PlanRoutes(proofs, policies.schedules()).routes());
        routes.addAll(new JobRoutes(jobs, snapshots).routes());
        routes.addAll(enrolment.routes());
        routes.add(events.route());
        return routes;
    }

    /** The same of drivers, devices and libraries. @param pools whose volumes lie there */
    static List<Route> driverRoutes(Drivers drivers, Publishers publishers, Devices devices, Libraries libraries, Pools pools) {
        List<Route> routes = new ArrayList<>(new DriverRoutes(drivers).routes());
        routes.addAll(new PublisherRoutes(publishers).routes());
        routes.addAll(new DeviceRoutes(devices).routes());
        routes.addAll(new BudgetRoutes(devices).routes());
        routes.addAll(new LibraryRoutes(libraries, pools).routes());
        return routes;
    }

    /** The same of what needs a look, and who is told. */
    static List<Route> noticeRoutes(Alerts alerts, Notifications notifications) {
        List<Route> routes = new ArrayList<>(new AlertRoutes(alerts).routes());
        routes.addAll(new TargetRoutes(notifications).routes());
        routes.addAll(new OutboxRoutes(notifications).routes());
        return routes;
    }

    /** The same of who may do what, and who did. */
    static List<Route> accessRoutes(Users users, Tokens tokens, Sessions sessions, SecondFactors factors, Passkeys passkeys,
            SingleSignOn sso, AuditLog log, Requests requests) {
        LoginAnswers desk = new LoginAnswers(users, log);
        List<Route> routes = new ArrayList<>(new SessionRoutes(sessions, desk).routes());
        routes.addAll(new WayRoutes(passkeys, sso).routes());
        routes.addAll(new PasskeyRoutes(passkeys, desk).routes());
        routes.addAll(new SignOnRoutes(sso, desk).routes());
        routes.addAll(new FactorRoutes(factors, users).routes());
        routes.addAll(new UserRoutes(users, sessions).routes());
        routes.addAll(new TokenRoutes(tokens).routes());
        routes.addAll(new AuditRoutes(log).routes());
        routes.addAll(new RequestRoutes(requests).routes());
        routes.addAll(new RuleRoutes(requests).routes());
        return routes;
    }

    @Deactivate
    public void close() {
        beginning.close();
    }
}
