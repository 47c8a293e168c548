package org.azekura.rest;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.Bandwidth;
import org.azekura.api.ClientName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.server.Appliance.RoleState;
import org.azekura.api.server.Appliance;
import org.azekura.api.server.ClockState;

/** The appliance as a whole, and the hosts it protects. */
final class StatusRoutes {

    private final Appliance appliance;

    StatusRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    List<Route> routes() {
        return List.of(
                Route.get("status", call -> Reply.ok(StatusRow.of(appliance.status(), appliance.clock()))),
                Route.get("clients", call -> Reply.ok(clients())),
                Route.get("clients/*/quota", call -> quota(appliance.quota(Names.client(call.name())))),
                Route.post("clients/*/quota", this::bound),
                Route.get("clients/*/trust-group", call -> trust(call, appliance.trust(Names.client(call.name())))),
                Route.post("clients/*/trust-group", this::join),
                Route.post("clients/*/trust-group/leave", call -> trust(call, appliance.leave(Names.client(call.name())))),
                Route.get("clients/*/terms", call -> terms(appliance.terms(Names.client(call.name())))),
                Route.post("clients/*/pool", this::direct),
                Route.post("clients/*/limits", this::limit));
    }

    private record PowerRow(String device, String node, String supply, boolean held, Double voltage, Integer charge, String since, String problem) {

        static PowerRow of(Appliance.Power power) {
            return new PowerRow(power.device(), power.node(), power.supply(), power.held(), power.voltage(), power.charge(), power.since().toString(), power.problem());
        }
    }

    private record StatusRow(String version, List<RoleState> roles, List<String> warnings, int running, int snapshots, List<PowerRow> power, ClockRoutes.Row clock) {

        static StatusRow of(Appliance.Status status, ClockState clock) {
            return new StatusRow(status.version(), status.roles(), status.warnings(), status.running(), status.snapshots(), status.power().stream().map(PowerRow::of).toList(), ClockRoutes.Row.of(clock));
        }
    }

    private Reply bound(Call call) throws BackupException, Refusal {
        Bound order = Json.read(call.body(), Bound.class);
        if (order.quota == null || order.quota < Quota.NONE) {
            throw Refusal.badRequest("request.value", "quota", "the field \"quota\" is a number of bytes; 0 for none");
        }
        return quota(appliance.limit(Names.client(call.name()), order.quota == 0 ? Quota.NONE : order.quota));
    }

    private static Reply quota(Quota quota) {
        return Reply.ok(new QuotaRow(quota.client().value(), quota.used(), quota.limit()));
    }

    private record Bound(Long quota) {}

    /** @param quota bytes, -1 without a bound */
    private record QuotaRow(String client, long used, long quota) {}

    private Reply direct(Call call) throws BackupException, Refusal {
        Direction order = Json.read(call.body(), Direction.class);
        if (order.pool != null && order.group != null) {
            throw Refusal.badRequest("request.value", "group", "give \"pool\" or \"group\", not both; neither for none");
        }
        return terms(appliance.direct(Names.client(call.name()), Names.pool(order.pool), Names.group(order.group)));
    }

    private Reply limit(Call call) throws BackupException, Refusal {
        Limits order = Json.read(call.body(), Limits.class);
        if (order.limits == null || order.limits.contains(null)) {
            throw Refusal.badRequest("request.value", "limits", "the field \"limits\" is a list like [{\"perSecond\": 20971520, \"from\": \"08:00\","
                    + " \"to\": \"18:00\"}]; empty for none");
        }
        List<Bandwidth> limits = new ArrayList<>();
        for (Limit limit : order.limits) {
            limits.add(new Bandwidth(limit.perSecond, time("from", limit.from), time("to", limit.to)));
        }
        return terms(appliance.limit(Names.client(call.name()), limits));
    }

    private static LocalTime time(String field, String text) throws Refusal {
        try {
            return text == null ? null : LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.badRequest("request.value", field, "the field \"" + field + "\" is a time of the day like 08:00, not \"" + text + "\"");
        }
    }

    private static Reply terms(ClientTerms terms) {
        return Reply.ok(new TermsRow(terms.client().value(), terms.pool() == null ? null : terms.pool().value(),
                terms.group() == null ? null : terms.group().value(), terms.limits().stream().map(StatusRoutes::row).toList()));
    }

    private static Limit row(Bandwidth limit) {
        return new Limit(limit.perSecond(), limit.from() == null ? null : limit.from().toString(), limit.to() == null ? null : limit.to().toString());
    }

    private record Direction(String pool, String group) {}

    private record Limits(List<Limit> limits) {}

    /** @param perSecond bytes */
    private record Limit(long perSecond, String from, String to) {}

    /** @param pool null if none was laid down, or a group */
    private record TermsRow(String client, String pool, String group, List<Limit> limits) {}

    private Reply join(Call call) throws BackupException, Refusal {
        Join order = Json.read(call.body(), Join.class);
        if (order.join == null) {
            throw Refusal.badRequest("request.value", "join", "the field \"join\" names a client, or a trust group by its 32 digits");
        }
        return trust(call, appliance.join(Names.client(call.name()), order.join));
    }

    private static Reply trust(Call call, Appliance.Trust trust) {
        return Reply.ok(new TrustRow(call.name(), trust.group().toString(), trust.members().stream().map(ClientName::value).toList()));
    }

    private record Join(String join) {}

    /** @param members of the group, the client among them */
    private record TrustRow(String client, String group, List<String> members) {}

    private List<ClientRow> clients() throws BackupException {
        Set<String> connected = appliance.status().roles().stream()
                .filter(role -> role.kind().equals("client") && role.connected())
                .map(RoleState::name).collect(Collectors.toSet());
        Map<ClientName, Quota> quotas = appliance.quotas().stream().collect(Collectors.toMap(Quota::client, quota -> quota));
        return appliance.clients().stream().map(client -> row(client, connected, quotas.getOrDefault(client.name(),
                new Quota(client.name(), Quota.NONE, 0)))).toList();
    }

    private static ClientRow row(Client client, Set<String> connected, Quota quota) {
        return new ClientRow(client.name().value(), connected.contains(client.name().value()), Json.time(client.lastSeen()), quota.used(),
                quota.limit());
    }

    /**
     * @param lastSeen null before its first contact
     * @param used     bytes stored of it
     * @param quota    bytes that may be, -1 without a bound
     */
    private record ClientRow(String name, boolean connected, String lastSeen, long used, long quota) {}
}
