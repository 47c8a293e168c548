package org.azekura.server;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Offers;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.server.Catalog;
import org.azekura.engine.volume.SigningKey;
import org.azekura.server.catalog.Servers;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.driver.DriverChanges;
import org.azekura.server.enrol.EnrolmentDesk;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Reception;
import org.azekura.server.host.Tickets;
import org.azekura.server.job.JobFactory;
import org.azekura.server.job.TakenJobs;
import org.azekura.server.job.TakenReports;
import org.azekura.server.job.run.Stage;
import org.azekura.server.library.LibraryDesk;
import org.azekura.server.pool.MediaPools;
import org.azekura.server.pool.PoolVault;
import org.azekura.server.trees.PageAllowances;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server that stands by has beside, as long as it carries out jobs of the one that leads: hosts connect with it, and it does with them what those jobs need. It schedules
 * nothing, tends nothing and has no pool opened; what people ask is answered by the {@link BackupServer} that stands by, as before.
 */
final class WorkingServer implements Standby.Work {

    private static final Logger log = LoggerFactory.getLogger(WorkingServer.class);
    private static final Duration BEAT = Duration.ofSeconds(5);
    private static final int BEATS_PER_MINUTE = 12;

    private final String name;
    private final Transports transports;
    private final ServerClock clock;
    private final Hosts hosts = new Hosts();
    private final EnrolmentDesk enrolment;
    private final Reception reception;
    private final TakenJobs jobs;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Null before it begins. */
    private volatile Transports.Offer offer;

    /** What belongs to the process. */
    record Process(Home home, String name, Set<String> roles, CertificateAuthority ca, Transports transports) {}

    /**
     * @param catalog in which it may change something
     * @param standing the one that stands by in this process
     */
    WorkingServer(Process process, Catalog catalog, Servers servers, Offers offers, BackupServer standing) throws BackupException {
        this.name = process.name;
        this.transports = process.transports;
        this.clock = ServerClock.following(catalog);
        NodeName local = new NodeName(name);
        ApplianceId id = standing.pools().appliance();
        SigningKey signer = standing.signer();
        PoolVault vault = new PoolVault(process.home.keys(), catalog);
        MediaPools pools = new MediaPools(id, local, catalog, hosts, vault, signer, standing.trees());
        pools.leaveToOthers();
        Tickets tickets = new Tickets(signer, catalog, clock::steady);
        Stage stage = new Stage(id, catalog, hosts, pools, vault, standing.trees(), local, tickets,
                new PageAllowances(client -> catalog.read(view -> view.treeBytes(client)), standing.trees()::room), clock);
        JobFactory factory = new JobFactory(stage, standing.snapshots(), () -> {}, new DriverChanges(hosts, process.home.packages()), new LibraryDesk(catalog, hosts, pools));
        this.jobs = new TakenJobs(stage, factory, offers, name);
        ServerBook book = new ServerBook(name, catalog, servers);
        Set<String> names = process.roles.stream().map(role -> role + "/" + name).collect(Collectors.toSet());
        this.enrolment = new EnrolmentDesk(process.home.root(), names, catalog, new EnrolmentDesk.Rules(process.ca, BackupServer.CERTIFICATE_LIFE, clock::known, clock::likely), hosts,
                transports, new EnrolmentDesk.Appliance(pools::appliance, this::endpoints, (role, host, why) -> {}));
        this.reception = new Reception(() -> tickets.welcome(pools.appliance()), hosts, new TakenReports(catalog, jobs, this::greet), enrolment.gateBeside(), (peer, address, time) -> {},
                () -> book.toldBeside(endpoints()));
    }

    /** Begins to listen, and takes what is offered. */
    @Override
    public void begin() throws BackupException {
        transports.keepTime(clock::known);
        enrolment.beginBeside();
        this.offer = transports.offer(BackupServer.SERVICE, "server/" + name, reception::accept);
        jobs.open();
        Thread.ofVirtual().name("server-follows").start(this::follow);
        log.info("this server, {}, carries out jobs of the one that leads", name);
    }

    @Override
    public void jobsAtOnce(int most) {
        jobs.atOnce(most);
    }

    private List<Endpoint> endpoints() {
        return offer.endpoints();
    }

    private void greet(ConnectedNode node) {
        Thread.ofVirtual().name("server-greets-" + node.name()).start(() -> {
            try {
                enrolment.greet(node);
            } catch (BackupException e) {
                log.warn("node={} could not be told whom nobody trusts: {}", node.name(), e.getMessage());
            }
        });
    }

    private void follow() {
        try {
            for (int beats = 1; !closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS); beats++) {
                try {
                    clock.follow();
                    if (beats % BEATS_PER_MINUTE == 0) {
                        enrolment.follow();
                    }
                } catch (BackupException | RuntimeException e) {
                    log.debug("what the server that leads has laid down can't be seen: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no connection more, ends what is under way, and lets everybody go. */
    @Override
    public void close() {
        closed.countDown();
        if (offer != null) {
            offer.close();
        }
        jobs.close();
        enrolment.close();
        hosts.close();
    }
}
