package org.azekura.rest.host;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Quota;
import org.azekura.api.access.Right;
import org.azekura.api.identity.HostRole;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.Enrolment;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Hosts: which there are, how one joins, how one is let go. */
public final class EnrolmentRoutes {

    private static final Duration USUAL = Duration.ofHours(1);

    private final Enrolment enrolment;
    private final Appliance appliance;
    private final URI others;

    /** @param others where other hosts reach this interface, null if they don't */
    public EnrolmentRoutes(Enrolment enrolment, Appliance appliance, URI others) {
        this.enrolment = enrolment;
        this.appliance = appliance;
        this.others = others;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("hosts").needs(Right.READ).says("Clients and storage nodes, one row for each role of a host").lists(HostRow.class).by(call -> Reply.ok(hosts(call))),
                Route.post("enrolments").needs(Right.OPERATE).says("A code by which one host joins, once").answers(201, Invitation.class).takes(Order.class, this::enrol),
                Route.post("hosts/{role}/{host}/revoke").needs(Right.OPERATE).says("Lets a host go: its certificate is good for nothing more").answers(Revoked.class)
                        .by(this::revoke));
    }

    private Reply enrol(Call call, Order order) throws BackupException, Refusal {
        Duration validity = order.seconds == null ? USUAL : Duration.ofSeconds(order.seconds);
        HostRole role = order.role == null ? null : role(order.role);
        Enrolment.Invitation made = enrolment.enrol(role, order.name, validity);
        return Reply.made(new Invitation(made.code(), Json.time(made.expires()), made.fingerprint(), others == null ? null : others.toString()));
    }

    private Reply revoke(Call call) throws BackupException, Refusal {
        return Reply.ok(new Revoked(enrolment.revoke(role(call.place("role")), call.place("host"))));
    }

    private static HostRole role(String word) throws Refusal {
        try {
            return HostRole.parse(word);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.value", "role", e.getMessage());
        }
    }

    private List<HostRow> hosts(Call call) throws BackupException {
        Map<String, Quota> quotas = appliance.quotas().stream().collect(Collectors.toMap(quota -> quota.client().value(), quota -> quota));
        return enrolment.hosts().stream().filter(host -> host.role() != HostRole.CLIENT || call.caller().sees(new ClientName(host.name()))).map(host -> row(host, host.role() == HostRole.CLIENT ? quotas.get(host.name()) : null)).toList();
    }

    private static HostRow row(Enrolment.Host host, Quota quota) {
        return new HostRow(host.name(), host.role().word(), host.connected(), Json.time(host.lastSeen()), host.version(), Json.time(host.expires()),
                Json.time(host.revoked()), quota == null ? null : quota.used(), quota == null ? null : quota.limit());
    }

    /**
     * What is asked for.
     *
     * @param role    null: whichever the host says
     * @param name    null: the host says its own
     * @param seconds that the code is good for; null: an hour
     */
    private record Order(String role, String name, Long seconds) {}

    /** @param url where the host reaches this interface; null if it listens for callers of this machine only */
    private record Invitation(String code, String expires, String fingerprint, String url) {}

    /**
     * @param lastSeen null before its first contact
     * @param version  that it ran then; null if it never said
     * @param expires  of its certificate; null without one
     * @param revoked  null if it is not
     * @param used     bytes stored of a client
     * @param quota    bytes that may be, -1 without a bound
     */
    private record HostRow(String name, String role, boolean connected, String lastSeen, String version, String expires, String revoked, Long used, Long quota) {}

    /** @param revoked all that the host was, like {@code client/web1} */
    private record Revoked(List<String> revoked) {}
}
