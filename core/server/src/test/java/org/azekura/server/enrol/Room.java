package org.azekura.server.enrol;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.identity.CertificateAuthority;
import org.azekura.api.identity.HostKeys;
import org.azekura.api.identity.HostRole;
import org.azekura.api.identity.Identity;
import org.azekura.api.identity.JoinAnswer;
import org.azekura.api.identity.JoinCode;
import org.azekura.api.identity.JoinRequest;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.ca.CaDoor;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.azekura.server.host.Reception;
import org.azekura.wire.Transports;

/** An appliance as far as hosts join and leave it: real authority and catalog, a transport from afar, no jobs. */
final class Room implements Reception.Reports, AutoCloseable {

    static final Duration LIFE = Duration.ofDays(90);
    static final Duration HOUR = Duration.ofHours(1);
    static final ApplianceId APPLIANCE = new ApplianceId(1, 2);

    final SetClock clock = new SetClock();
    final FarTransport far = new FarTransport();
    final Hosts hosts = new Hosts();
    final List<String> farewells = Collections.synchronizedList(new ArrayList<>());
    final List<String> times = Collections.synchronizedList(new ArrayList<>());
    final CertificateAuthority ca;
    final EnrolmentDesk desk;
    private final CatalogDoor door;
    private final Transports transports = new Transports(far);
    private final Transports.Offer offer;

    Room(Path home) throws BackupException {
        door = new CatalogDoor(home);
        ca = CaDoor.open(home, clock);
        desk = new EnrolmentDesk(home, Set.of("server/backup1", "node/backup1", "client/backup1"), door.catalog(),
                new EnrolmentDesk.Rules(ca, LIFE, clock), hosts, transports,
                new EnrolmentDesk.Appliance(() -> APPLIANCE, this::endpoints, this::farewell));
        desk.begin();
        offer = transports.offer("server", "server/backup1", new Reception(() -> new Answer.Welcome(APPLIANCE, new byte[0], clock.instant()), hosts, this, desk.gate(),
                (peer, address, now) -> times.add(peer + " " + address + " " + now))::accept);
    }

    private List<Endpoint> endpoints() {
        return offer.endpoints();
    }

    private void farewell(HostRole role, String name, BackupException why) {
        farewells.add(role.word() + "/" + name + " " + why.failure().code());
        switch (role) {
            case CLIENT -> hosts.cut(new ClientName(name));
            case NODE -> hosts.cut(new NodeName(name));
        }
    }

    /** Is reached by one more. @return where */
    Endpoint reachedBy(Transport transport) {
        transports.add(transport);
        return endpoints().stream().filter(endpoint -> endpoint.transport().equals(transport.scheme())).findAny().orElseThrow();
    }

    CatalogStore catalog() {
        return door.catalog();
    }

    JoinCode code(HostRole role, String name) throws BackupException {
        return JoinCode.parse(desk.enrol(role, name, HOUR).code());
    }

    static JoinRequest request(JoinCode code, HostRole role, String host, KeyPair pair) {
        return new JoinRequest(code.id(), role, "", host, pair.getPublic().getEncoded(), new byte[0], false);
    }

    /** As a host that has nothing joins. */
    Identity join(JoinCode code, HostRole role, String host) throws Exception {
        KeyPair pair = HostKeys.generate();
        return identity(desk.join(request(code, role, host, pair).sign(code, pair, null)), pair);
    }

    /** As a host joins that has a certificate. */
    Identity join(JoinCode code, HostRole role, String host, Identity earlier, boolean replace) throws Exception {
        KeyPair pair = HostKeys.generate();
        JoinRequest request = new JoinRequest(code.id(), role, "", host, pair.getPublic().getEncoded(), earlier.certificate().getEncoded(), replace);
        return identity(desk.join(request.sign(code, pair, earlier.key())), pair);
    }

    static Identity identity(JoinAnswer.Signed signed, KeyPair pair) throws Exception {
        JoinAnswer answer = signed.answer();
        return new Identity(pair.getPrivate(), Identity.certificate(answer.certificate()), Identity.certificate(answer.authority()),
                Endpoint.parse(answer.server()));
    }

    @Override
    public void joined(ConnectedNode node) {}

    @Override
    public void joined(ConnectedClient client) {}

    @Override
    public void left(ConnectedClient client) {}

    @Override
    public Answer packWritten(ConnectedNode node, NodeReport.PackWritten written) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer poolPaused(ConnectedNode node, NodeReport.PoolPaused report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer power(ConnectedNode node, NodeReport.Power report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer powerGone(ConnectedNode node, NodeReport.PowerGone report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void left(ConnectedNode node) {}

    @Override
    public Answer driverStep(ConnectedNode node, NodeReport.DriverStep report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer media(ConnectedNode node, NodeReport.OfMedia report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer fromClient(ConnectedClient client, ClientReport report) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void trees(ConnectedClient client, StreamOpening.StoreTrees opening, Stream stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        offer.close();
        hosts.close();
        desk.close();
        door.close();
    }
}
