package org.azekura.server.enrol;

import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HostReport;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.JoinAnswer;
import org.azekura.api.identity.JoinCode;
import org.azekura.api.identity.JoinRequest;
import org.azekura.api.server.Enrolment;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Reception;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which hosts belong to this appliance: takes them in, renews their certificates, and lets them go. */
public final class EnrolmentDesk implements Enrolment, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EnrolmentDesk.class);

    private final CatalogStore catalog;
    private final Appliance appliance;
    private final Hosts hosts;
    private final Certificates certificates;
    private final Codes codes;
    private final OwnIdentity own;
    private final Joining joining;
    private final Distrust distrust;
    private final Roster roster;
    private final Duration life;
    /** Null before it begins. */
    private volatile OwnRenewal renewal;
    private final HostGate gate;

    /**
     * What enrolment asks of the appliance around it.
     *
     * @param offered where other hosts reach the server, addresses may leave the host out
     * @param farewell ends what a host has to do here, when it was revoked
     */
    public record Appliance(Supplier<ApplianceId> id, Supplier<List<Endpoint>> offered, Farewell farewell) {}

    /** Ends what a host has to do. */
    @FunctionalInterface
    public interface Farewell {
        /** @param why it was revoked */
        void revoked(HostRole role, String name, BackupException why) throws BackupException;
    }

    /**
     * How certificates are made.
     *
     * @param life   of a host's certificate; it is renewed after two thirds of it
     * @param clock  of this server
     * @param likely the time as far as it is known
     */
    public record Rules(CertificateAuthority ca, Duration life, InstantSource clock, InstantSource likely) {

        /** With a clock that is right. */
        Rules(CertificateAuthority ca, Duration life, InstantSource clock) {
            this(ca, life, clock, clock);
        }

        /** By none of the two it is later. */
        private Instant earliest() {
            Instant one = clock.instant();
            Instant other = likely.instant();
            return one.isBefore(other) ? one : other;
        }
    }

    /**
     * @param names of this host, like {@code server/backup1} and {@code node/backup1}
     */
    public EnrolmentDesk(Path home, Set<String> names, CatalogStore catalog, Rules rules, Hosts hosts, Transports transports, Appliance appliance)
            throws BackupException {
        this.catalog = catalog;
        this.appliance = appliance;
        this.hosts = hosts;
        this.certificates = new Certificates(rules.ca(), rules.life(), rules.clock(), rules.likely());
        this.codes = new Codes(catalog, rules.clock());
        this.own = new OwnIdentity(home, names, certificates);
        this.joining = new Joining(catalog, codes, certificates, own);
        this.distrust = new Distrust(catalog, transports, hosts, rules::earliest);
        this.roster = new Roster(hosts, own);
        this.gate = new HostGate(catalog, certificates, distrust);
        this.life = rules.life();
    }

    /** Makes sure that this host itself has an identity, now and later, and that all know whom nobody trusts. */
    public void begin() throws BackupException {
        own.ensure();
        distrust.retire();
        distrust.tell();
        renewal = OwnRenewal.begin(own, life);
    }

    /** The same where another server leads: that one sees to whom nobody trusts any more. */
    public void beginBeside() throws BackupException {
        own.ensure();
        distrust.tell();
        renewal = OwnRenewal.begin(own, life);
    }

    /** Learns whom another server has revoked, and lets go of those. */
    public void follow() throws BackupException {
        if (distrust.hasMore()) {
            distrust.tell();
            cutRevoked();
        }
    }

    private void cutRevoked() {
        for (ConnectedClient client : hosts.clients()) {
            if (client.isElsewhere() && isRefused(HostRole.CLIENT.peer(client.name().value()))) {
                hosts.cut(client.name());
            }
        }
        for (ConnectedNode node : hosts.nodes()) {
            if (node.isElsewhere() && isRefused(HostRole.NODE.peer(node.name().value()))) {
                hosts.cut(node.name());
            }
        }
    }

    private boolean isRefused(String peer) {
        try {
            gate.admit(peer);
            return false;
        } catch (BackupException e) {
            log.warn("{} is let go: {}", peer, e.getMessage());
            return true;
        }
    }

    @Override
    public Invitation enrol(HostRole role, String name, Duration validity) throws BackupException {
        if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a code is good for more than no time and at most " + LONGEST.toDays() + " days");
        }
        Instant expires = certificates.now().plus(validity);
        JoinCode code = catalog.write(edit -> {
            if (name != null) {
                requireFree(edit, role, name);
            }
            return codes.make(edit, role, name, expires);
        });
        log.info("code {} lets a {} join until {}", code.id(), role == null ? "host" : role.word(), expires);
        return new Invitation(code.text(), expires, Identity.fingerprint(certificates.authority()));
    }

    /** In that role; without one, in one of them at least: which it will be the host says. */
    private void requireFree(CatalogView view, HostRole role, String name) throws BackupException {
        BackupException taken = null;
        for (HostRole wanted : role == null ? HostRole.values() : new HostRole[] {role}) {
            wanted.peer(name);
            try {
                joining.requireNobody(view, wanted, name);
                return;
            } catch (BackupException e) {
                taken = e;
            }
        }
        throw taken;
    }

    @Override
    public JoinAnswer.Signed join(JoinRequest.Signed request) throws BackupException {
        Joining.Joined joined = joining.join(request);
        log.info("{} has joined, with the certificate {}", Identity.names(joined.certificate()), Identity.serial(joined.certificate()));
        distrust.retire();
        JoinAnswer answer = new JoinAnswer(encoded(joined.certificate()), encoded(certificates.authority()), joined.name(), offered(),
                appliance.id.get().toString());
        return new JoinAnswer.Signed(answer, answer.proof(joined.key(), request.request()));
    }

    /** One that leaves the host out is reached by other hosts; so is one that names a host and a port. */
    private String offered() {
        return appliance.offered.get().stream().filter(endpoint -> endpoint.address().contains(":"))
                .min(Comparator.comparing(endpoint -> !endpoint.address().startsWith(":"))).map(Endpoint::toString).orElse("");
    }

    private static byte[] encoded(X509Certificate certificate) throws BackupException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw BackupException.bug("certificate", e);
        }
    }

    @Override
    public List<Host> hosts() throws BackupException {
        return catalog.read(roster::rows);
    }

    @Override
    public List<String> revoke(HostRole role, String name) throws BackupException {
        String peer = role.peer(name);
        if (own.names().contains(peer)) {
            throw BackupException.operator("revoke.refused", name, peer + " is this appliance itself, which can't do without its own certificate");
        }
        Set<String> names = catalog.write(edit -> Revocation.of(edit, peer, certificates.now()));
        // its jobs first: one whose client is merely gone would wait for it
        try {
            for (String each : names) {
                log.warn("{} was revoked", each);
                int slash = each.indexOf('/');
                appliance.farewell.revoked(HostRole.parse(each.substring(0, slash)), each.substring(slash + 1), HostGate.revoked(each));
            }
        } finally {
            distrust.tell();
        }
        return List.copyOf(names);
    }

    /** Where hosts come in. */
    public Reception.Admission gate() {
        return gate;
    }

    /** The same of a server beside the one that leads: who comes and goes is noted by that one, which knows whose certificates are out of use. */
    public Reception.Admission gateBeside() {
        return new Reception.Admission() {
            @Override
            public void admit(String peer) throws BackupException {
                gate.admit(peer);
            }

            @Override
            public void seen(String peer, String version) {
                // Who leads sees it, too.
            }

            @Override
            public void left(String peer) {
                // It may be connected with who leads.
            }

            @Override
            public Answer report(String peer, HostReport.OfCertificate report) throws BackupException {
                return gate.report(peer, report);
            }
        };
    }

    /** What it has to know before it does anything for a client. */
    public void greet(ConnectedNode node) throws BackupException {
        distrust.tell(node);
    }

    /** Ends the care for this host's own certificate. */
    @Override
    public void close() {
        gate.close();
        if (renewal != null) {
            renewal.close();
        }
    }
}
