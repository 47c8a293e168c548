package org.azekura.rest.access;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.TokenName;
import org.azekura.api.access.Right;
import org.azekura.api.access.Tokens;
import org.azekura.api.catalog.ApiToken;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** What programs show to be let in. */
public final class TokenRoutes {

    private static final Duration USUAL = Duration.ofDays(90);
    private static final Duration LONGEST = Duration.ofDays(3653);

    private final Tokens tokens;

    public TokenRoutes(Tokens tokens) {
        this.tokens = tokens;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("tokens").needs(Right.READ).says("Tokens of programs, those that have expired among them").aboutAll().lists(Row.class)
                        .by(call -> Reply.ok(tokens.list().stream().map(Row::of).toList())),
                Route.post("tokens").needs(Right.ADMINISTER).says("Makes a token, which is told in this answer only").answers(201, Made.class)
                        .takes(Order.class, this::create),
                Route.delete("tokens/{token}").needs(Right.ADMINISTER).says("Has a token open nothing from here on; sessions that it opened end").answers(Row.class)
                        .by(call -> Reply.ok(Row.of(tokens.revoke(Names.token(call.place("token")))))));
    }

    private Reply create(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null || order.role == null) {
            throw Refusal.badRequest("request.value", order.name == null ? "name" : "role", "the fields \"name\" and \"role\" are needed, like \"report\" and \"auditor\"");
        }
        Set<ClientName> clients = Granted.clients(order.clients);
        Tokens.Made made = tokens.create(new Tokens.Wanted(new TokenName(order.name), Granted.role(order.role), clients == null ? Set.of() : clients, lasts(order.seconds)),
                call.caller());
        return Reply.made(201, "tokens/" + order.name, new Made(made.token().name().value(), made.secret(), Json.time(made.token().expires())));
    }

    private static Duration lasts(Long seconds) throws Refusal {
        if (seconds == null) {
            return USUAL;
        }
        if (seconds < 0 || seconds > LONGEST.toSeconds()) {
            throw Refusal.badRequest("request.value", "seconds", "a token lasts up to " + LONGEST.toSeconds() + " seconds; 0: for ever");
        }
        return seconds == 0 ? null : Duration.ofSeconds(seconds);
    }

    /** @param clients none: all @param seconds that it lasts; none: 90 days; 0: for ever */
    private record Order(String name, String role, List<String> clients, Long seconds) {}

    /** @param token itself @param expires null: never */
    private record Made(String name, String token, String expires) {}

    /** @param by who made it @param expires null: never @param used to the minute; null: never */
    private record Row(String name, String role, List<String> clients, String made, String by, String expires, String used) {

        static Row of(ApiToken token) {
            return new Row(token.name().value(), token.role().word(), Granted.words(token.clients()), Json.time(token.made()), token.by(), Json.time(token.expires()),
                    Json.time(token.used()));
        }
    }
}
