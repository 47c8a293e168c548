package org.azekura.rest.host;

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
import org.azekura.api.access.Right;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.ClientTerms;
import org.azekura.api.server.Appliance;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Clients: what they have stored and may, with whom they share it, where their backups go. */
public final class ClientRoutes {

    private final Appliance appliance;

    public ClientRoutes(Appliance appliance) {
        this.appliance = appliance;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("clients").needs(Right.READ, Right.RESTORE).says("Hosts whose data is protected").lists(ClientRow.class).by(call -> Reply.ok(clients(call))),
                Route.get("clients/{client}/quota").needs(Right.READ).says("How much is stored of a client, and how much may be").answers(QuotaRow.class)
                        .by(call -> quota(appliance.quota(client(call)))),
                Route.post("clients/{client}/quota").needs(Right.OPERATE).says("Bounds what is stored of a client").aboutAll().answers(QuotaRow.class)
                        .dangerousIf(this::storesLess, call -> new Bound(appliance.quota(client(call)).limit())).takes(Bound.class, this::bound),
                Route.get("clients/{client}/trust-group").needs(Right.READ).says("The clients that share what is stored with this one").answers(TrustRow.class)
                        .by(call -> trust(call, appliance.trust(client(call)))),
                Route.post("clients/{client}/trust-group").needs(Right.ADMINISTER).says("Has a client share with another, or with a group").aboutAll().answers(TrustRow.class)
                        .takes(Join.class, this::join),
                Route.post("clients/{client}/trust-group/leave").needs(Right.ADMINISTER).says("Has a client share with nobody").answers(TrustRow.class)
                        .by(call -> trust(call, appliance.leave(client(call)))),
                Route.get("clients/{client}/terms").needs(Right.READ).says("Where a client's backups go, and how fast they may").answers(TermsRow.class)
                        .by(call -> terms(appliance.terms(client(call)))),
                Route.post("clients/{client}/pool").needs(Right.OPERATE).says("Where a client's backups go if no pool is named").answers(TermsRow.class)
                        .takes(Direction.class, this::direct),
                Route.post("clients/{client}/limits").needs(Right.OPERATE).says("How many bytes a second a client may move at which hours").answers(TermsRow.class)
                        .takes(Limits.class, this::limit));
    }

    private static ClientName client(Call call) throws BackupException {
        return Names.client(call.place("client"));
    }

    private Reply bound(Call call, Bound order) throws BackupException, Refusal {
        if (order.quota == null || order.quota < Quota.NONE) {
            throw Refusal.badRequest("request.value", "quota", "the field \"quota\" is a number of bytes; 0 for none");
        }
        return quota(appliance.limit(client(call), order.quota == 0 ? Quota.NONE : order.quota));
    }

    /** Whether backups that fit before may not any more. */
    private boolean storesLess(Call call) throws BackupException, Refusal {
        Long wanted = call.read(Bound.class).quota;
        long was = appliance.quota(client(call)).limit();
        return wanted != null && wanted > 0 && (was == Quota.NONE || wanted < was);
    }

    private static Reply quota(Quota quota) {
        return Reply.ok(new QuotaRow(quota.client().value(), quota.used(), quota.limit()));
    }

    private record Bound(Long quota) {}

    /** @param quota bytes, -1 without a bound */
    private record QuotaRow(String client, long used, long quota) {}

    private Reply direct(Call call, Direction order) throws BackupException, Refusal {
        if (order.pool != null && order.group != null) {
            throw Refusal.badRequest("request.value", "group", "give \"pool\" or \"group\", not both; neither for none");
        }
        return terms(appliance.direct(client(call), Names.pool(order.pool), Names.group(order.group)));
    }

    private Reply limit(Call call, Limits order) throws BackupException, Refusal {
        if (order.limits == null || order.limits.contains(null)) {
            throw Refusal.badRequest("request.value", "limits", "the field \"limits\" is a list like [{\"perSecond\": 20971520, \"from\": \"08:00\","
                    + " \"to\": \"18:00\"}]; empty for none");
        }
        List<Bandwidth> limits = new ArrayList<>();
        for (Limit limit : order.limits) {
            limits.add(new Bandwidth(limit.perSecond, time("from", limit.from), time("to", limit.to)));
        }
        return terms(appliance.limit(client(call), limits));
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
                terms.group() == null ? null : terms.group().value(), terms.limits().stream().map(ClientRoutes::row).toList()));
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

    private Reply join(Call call, Join order) throws BackupException, Refusal {
        if (order.join == null) {
            throw Refusal.badRequest("request.value", "join", "the field \"join\" names a client, or a trust group by its 32 digits");
        }
        return trust(call, appliance.join(client(call), order.join));
    }

    private static Reply trust(Call call, Appliance.Trust trust) {
        return Reply.ok(new TrustRow(call.place("client"), trust.group().toString(), trust.members().stream().filter(call.caller()::sees).map(ClientName::value).toList()));
    }

    private record Join(String join) {}

    /** @param members of the group, the client among them */
    private record TrustRow(String client, String group, List<String> members) {}

    private List<ClientRow> clients(Call call) throws BackupException {
        Set<String> connected = appliance.status().roles().stream()
                .filter(role -> role.kind().equals("client") && role.connected())
                .map(Appliance.RoleState::name).collect(Collectors.toSet());
        Map<ClientName, Quota> quotas = appliance.quotas().stream().collect(Collectors.toMap(Quota::client, quota -> quota));
        return appliance.clients().stream().filter(client -> call.caller().sees(client.name())).map(client -> row(client, connected, quotas.getOrDefault(client.name(),
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
