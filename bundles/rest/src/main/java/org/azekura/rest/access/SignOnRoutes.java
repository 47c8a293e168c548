package org.azekura.rest.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Right;
import org.azekura.api.access.SingleSignOn;
import org.azekura.api.catalog.SignOn;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;

/** Single sign-on: how it is set, and the two ends of a login by it. */
public final class SignOnRoutes {

    private static final String PATH = "sso";
    private static final String LOGIN = SessionRoutes.PATH + "/sso";

    private final SingleSignOn sso;
    private final LoginAnswers desk;

    public SignOnRoutes(SingleSignOn sso, LoginAnswers desk) {
        this.sso = sso;
        this.desk = desk;
    }

    public List<Route> routes() {
        Route set = Route.put(PATH).needs(Right.ADMINISTER).says("Takes a provider of single sign-on in place of the one before").answers(Row.class)
                // it says who becomes an admin
                .dangerous(this::terms).takes(Order.class, this::set);
        return List.of(set, set.asPost(),
                Route.get(PATH).needs(Right.READ).says("The provider of single sign-on, without its secret").aboutAll().answers(Row.class).by(this::show),
                Route.delete(PATH).needs(Right.ADMINISTER).says("Has no provider of single sign-on any more").answers(Row.class)
                        .by(call -> Reply.ok(Row.of(sso.remove(), call))),
                Route.post(PATH + "/test").needs(Right.ADMINISTER).says("Asks the provider whether it is one; nobody logs in by that").answers(FoundView.class)
                        .by(call -> Reply.ok(FoundView.of(sso.test()))),
                Route.post(LOGIN + "/begin").needs(Right.OWN).says("Where a browser goes to log in by the provider; the answer sets a cookie").answers(Address.class)
                        .by(this::begin),
                Route.post(LOGIN).needs(Right.OWN).says("Logs in by what the browser came back with from the provider; the answer sets a cookie").answers(201, SessionView.class)
                        .takes(Back.class, this::finish),
                Route.get(SessionRoutes.PATH + "/leave").needs(Right.OWN).says("Where a browser goes once I have logged out, so that I leave the provider, too").answers(Address.class)
                        .by(this::leave));
    }

    private Reply show(Call call) throws BackupException {
        return Reply.ok(Row.of(sso.show().orElseThrow(() -> BackupException.operator("sso.unknown", "", "no single sign-on is set")), call));
    }

    /** Null: nothing is set. */
    private Terms terms(Call call) throws BackupException {
        return sso.show().map(Terms::of).orElse(null);
    }

    private Reply set(Call call, Order order) throws BackupException, Refusal {
        if (order.name == null || order.issuer == null || order.client == null || order.grants == null || order.grants.contains(null)) {
            throw Refusal.badRequest("request.value", "", "the fields \"name\", \"issuer\", \"client\" and \"grants\" are needed, like [{\"value\": \"backup-admins\", \"role\": \"admin\"}]");
        }
        List<SignOn.Grant> grants = new ArrayList<>();
        for (GrantView grant : order.grants) {
            grants.add(grant.read());
        }
        SignOn wanted = new SignOn(order.name, order.issuer, order.client, order.secret, words("scopes", order.scopes, List.of("profile", "email")),
                order.claim == null ? "groups" : order.claim, grants, Set.copyOf(words("domains", order.domains, List.of())), order.passwords == null || order.passwords);
        return Reply.ok(Row.of(sso.set(wanted), call));
    }

    private static List<String> words(String field, List<String> given, List<String> usual) throws Refusal {
        if (given != null && given.contains(null)) {
            throw Refusal.badRequest("request.value", field, "the field \"" + field + "\" is a list of words");
        }
        return given == null ? usual : given;
    }

    private Reply begin(Call call) throws BackupException {
        SingleSignOn.Begun begun = sso.begin(PasskeyRoutes.site(call), call.entry().from());
        return new Reply.Json(200, new Address(begun.address().toString()), Door.Browser.begins(begun.secret()));
    }

    private Reply finish(Call call, Back order) throws BackupException, Refusal {
        return desk.answer(call, sso.finish(call.entry().browser().begun(), new SingleSignOn.Return(order.code, order.state, order.iss, order.error), call.entry().from()), "");
    }

    private Reply leave(Call call) throws BackupException {
        Optional<UserName> user = call.caller().user();
        return Reply.ok(new Address(user.isEmpty() ? null : sso.leave(user.get(), PasskeyRoutes.site(call)).map(URI::toString).orElse(null)));
    }

    /** @param address null: nowhere */
    private record Address(String address) {}

    /** What the provider put into the address. */
    private record Back(@Secret String code, @Secret String state, String iss, String error) {}

    /** @param clients none: all */
    private record GrantView(String value, String role, List<String> clients) {

        SignOn.Grant read() throws Refusal {
            if (value == null || role == null) {
                throw Refusal.badRequest("request.value", "grants", "each of \"grants\" has \"value\" and \"role\"");
            }
            var named = Granted.clients(clients);
            return new SignOn.Grant(value, Granted.role(role), named == null ? Set.of() : named);
        }

        static GrantView of(SignOn.Grant grant) {
            return new GrantView(grant.value(), grant.role().word(), Granted.words(grant.clients()));
        }
    }

    /** @param secret none: as it is @param scopes none: profile and email @param claim none: groups @param passwords none: yes */
    private record Order(String name, String issuer, String client, @Secret String secret, List<String> scopes, String claim, List<GrantView> grants, List<String> domains,
            Boolean passwords) {}

    /** What is laid down of the provider. */
    private record Terms(String name, String issuer, String client, List<String> scopes, String claim, List<GrantView> grants, List<String> domains, boolean passwords) {

        static Terms of(SignOn settings) {
            return new Terms(settings.name(), settings.issuer(), settings.client(), settings.scopes(), settings.claim(), settings.grants().stream().map(GrantView::of).toList(),
                    settings.domains().stream().sorted().toList(), settings.passwords());
        }
    }

    /** @param secret whether there is one @param back the address that the provider has to send browsers back to, by the name that this call came by; null if it came by none */
    private record Row(@JsonUnwrapped Terms terms, boolean secret, String back) {

        static Row of(SignOn settings, Call call) {
            boolean named = !call.entry().browser().host().isEmpty();
            return new Row(Terms.of(settings), settings.secret() != null, named ? SingleSignOn.back(PasskeyRoutes.site(call)).toString() : null);
        }
    }

    /** @param keys how many it signs by @param leave whether it can be told that somebody leaves */
    private record FoundView(String authorize, String token, int keys, boolean leave) {

        static FoundView of(SingleSignOn.Found found) {
            return new FoundView(found.authorize().toString(), found.token().toString(), found.keys(), found.leave());
        }
    }
}
