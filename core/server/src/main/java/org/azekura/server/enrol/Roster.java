package org.azekura.server.enrol;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.HostCertificate;
import org.azekura.api.catalog.HostContact;
import org.azekura.api.catalog.Pool;
import org.azekura.api.identity.HostRole;
import org.azekura.api.server.Enrolment.Host;
import org.azekura.server.host.ConnectedClient;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;

/** All hosts that there are or were, each in each of its roles. */
record Roster(Hosts hosts, OwnIdentity own) {

    private static final Comparator<HostCertificate> LATER = Comparator.comparing((HostCertificate each) -> each.revoked() == null).thenComparing(HostCertificate::since);

    static boolean isConnected(Hosts hosts, String peer) {
        String name = peer.substring(peer.indexOf('/') + 1);
        return switch (role(peer)) {
            case NODE -> hosts.isConnected(new NodeName(name));
            case CLIENT -> hosts.isConnected(new ClientName(name));
        };
    }

    private static HostRole role(String peer) {
        return HostRole.parse(peer.substring(0, peer.indexOf('/')));
    }

    List<Host> rows(CatalogView view) throws BackupException {
        Set<String> peers = new TreeSet<>();
        own.names().stream().filter(name -> !name.startsWith("server/")).forEach(peers::add);
        Map<String, Instant> seen = new HashMap<>();
        for (Client client : view.clients()) {
            String peer = HostRole.CLIENT.peer(client.name().value());
            peers.add(peer);
            if (client.lastSeen() != null) {
                seen.put(peer, client.lastSeen());
            }
        }
        for (HostContact contact : view.contacts()) {
            peers.add(contact.peer());
            seen.put(contact.peer(), contact.lastSeen());
        }
        for (Pool pool : view.pools()) {
            peers.add(HostRole.NODE.peer(pool.node().value()));
        }
        List<HostCertificate> certificates = view.certificates();
        Map<String, HostCertificate> last = new HashMap<>();
        for (HostCertificate each : certificates) {
            peers.addAll(each.names());
            each.names().forEach(peer -> last.merge(peer, each, Roster::later));
        }
        for (ConnectedNode node : hosts.nodes()) {
            peers.add(HostRole.NODE.peer(node.name().value()));
        }
        for (ConnectedClient client : hosts.clients()) {
            peers.add(HostRole.CLIENT.peer(client.name().value()));
        }
        Map<String, String> versions = HostVersion.all(view);
        List<Host> rows = new ArrayList<>();
        for (String peer : peers) {
            rows.add(row(peer, seen.get(peer), versions.get(peer), last.get(peer)));
        }
        rows.sort(Comparator.comparing(Host::name).thenComparing(Host::role));
        return rows;
    }

    /** One that was only replaced says nothing about its host. */
    private static HostCertificate later(HostCertificate one, HostCertificate other) {
        return LATER.compare(one, other) >= 0 ? one : other;
    }

    /** @param last null if it never had one */
    private Host row(String peer, Instant seen, String version, HostCertificate last) {
        boolean ours = own.names().contains(peer);
        return new Host(role(peer), peer.substring(peer.indexOf('/') + 1), isConnected(hosts, peer), seen, version,
                ours ? own.expires() : last == null ? null : last.until(), ours || last == null ? null : last.revoked());
    }
}
