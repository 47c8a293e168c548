package org.azekura.rest.access;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Passkeys;
import org.azekura.api.access.Right;
import org.azekura.api.access.Session;
import org.azekura.api.access.Sessions;
import org.azekura.api.catalog.Passkey;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Door;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;

/** Passkeys: one's own, how one logs in by them, and those of others who have lost theirs. */
public final class PasskeyRoutes {

    private static final String LOGIN = SessionRoutes.PATH + "/passkey";
    private static final String OWN = SessionRoutes.PATH + "/passkeys";

    private final Passkeys passkeys;
    private final LoginAnswers desk;

    public PasskeyRoutes(Passkeys passkeys, LoginAnswers desk) {
        this.passkeys = passkeys;
        this.desk = desk;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("users/{user}/passkeys").needs(Right.READ).says("Passkeys of a user").aboutAll().lists(Row.class)
                        .by(call -> Reply.ok(rows(Names.user(call.place("user"))))),
                Route.delete("users/{user}/passkeys/{passkey}").needs(Right.ADMINISTER).says("Takes a passkey from a user who has lost it; his sessions end").answers(Row.class)
                        .dangerous(this::lost).by(call -> Reply.ok(Row.of(passkeys.remove(Granted.another(call), call.place("passkey"))))),
                Route.post(LOGIN + "/begin").needs(Right.OWN).says("What a passkey has to sign for a login, by itself or beside name and password; the answer sets a cookie")
                        .answers(PasskeyOptions.Request.class).takes(Beside.class, this::ask),
                Route.post(LOGIN).needs(Right.OWN).says("Logs in by what a passkey has signed; the answer sets a cookie").answers(201, SessionView.class)
                        .takes(Signed.class, this::open),
                Route.get(OWN).needs(Right.OWN).says("My passkeys").lists(Row.class).by(call -> Reply.ok(rows(user(call)))),
                Route.post(OWN + "/begin").needs(Right.OWN).says("What a device makes a passkey of mine by").answers(PasskeyOptions.Creation.class)
                        .takes(Again.class, this::wish),
                Route.post(OWN).needs(Right.OWN).says("Keeps a passkey that a device of mine made").answers(201, MadeView.class).takes(New.class, this::make),
                Route.post(OWN + "/{passkey}/remove").needs(Right.OWN).says("Forgets a passkey of mine; my other sessions end").answers(Row.class)
                        .takes(Again.class, this::remove));
    }

    static Passkeys.Site site(Call call) {
        Door.Browser browser = call.entry().browser();
        return new Passkeys.Site(browser.host(), browser.port());
    }

    /** The one that is to be taken away. */
    private Lost lost(Call call) throws BackupException {
        return passkeys.list(Names.user(call.place("user"))).stream().filter(one -> one.id().equals(call.place("passkey")))
                .map(one -> new Lost(one.name(), one.host(), Json.time(one.made()))).findFirst().orElseThrow(() -> Names.unknown("passkey", call.place("passkey")));
    }

    private record Lost(String name, String host, String made) {}

    private List<Row> rows(UserName user) throws BackupException {
        return passkeys.list(user).stream().map(Row::of).toList();
    }

    private static UserName user(Call call) throws Refusal {
        return call.caller().user().orElseThrow(() -> Refusal.badRequest("request.value", "", "only a user has passkeys"));
    }

    private static Session own(Call call) throws Refusal {
        user(call);
        Session session = SessionRoutes.own(call);
        if (session.duty() == Session.Duty.PASSWORD) {
            throw Refusal.owing(session.duty());
        }
        return session;
    }

    private Reply ask(Call call, Beside order) throws BackupException, Refusal {
        if (order.name == null && order.password == null) {
            return asked(passkeys.question(site(call), call.entry().from()));
        }
        if (order.name == null || order.password == null) {
            throw Refusal.badRequest("request.value", order.name == null ? "name" : "password", "a passkey is asked for by itself, or beside both \"name\" and \"password\"");
        }
        return switch (passkeys.question(new Sessions.Login(order.name, order.password, null), site(call), call.entry().from())) {
            case Passkeys.Start.Begun<Passkeys.Question>(var question) -> asked(question);
            case Passkeys.Start.Not<Passkeys.Question>(var why) -> desk.answer(call, why, order.name);
        };
    }

    private static Reply asked(Passkeys.Question question) {
        return new Reply.Json(200, PasskeyOptions.Request.of(question), Door.Browser.begins(question.secret()));
    }

    private Reply open(Call call, Signed order) throws BackupException, Refusal {
        Passkeys.Signature signature = new Passkeys.Signature(Octets.of("id", order.id), Octets.of("clientDataJSON", order.clientDataJSON),
                Octets.of("authenticatorData", order.authenticatorData), Octets.of("signature", order.signature),
                order.userHandle == null ? null : Octets.of("userHandle", order.userHandle));
        return desk.answer(call, passkeys.open(call.entry().browser().begun(), signature, call.entry().from()), "");
    }

    private Reply wish(Call call, Again order) throws BackupException, Refusal {
        return switch (passkeys.wish(own(call), order.login(user(call)), site(call))) {
            case Passkeys.Start.Begun<Passkeys.Wish>(var wish) -> Reply.ok(PasskeyOptions.Creation.of(wish));
            case Passkeys.Start.Not<Passkeys.Wish>(var why) -> throw LoginAnswers.refusal(why);
        };
    }

    private Reply make(Call call, New order) throws BackupException, Refusal {
        if (order.name == null) {
            throw Refusal.badRequest("request.value", "name", "the field \"name\" is what the passkey is to be called, like \"Ann's laptop\"");
        }
        Passkeys.Creation creation = new Passkeys.Creation(Octets.of("clientDataJSON", order.clientDataJSON), Octets.of("attestationObject", order.attestationObject));
        Passkeys.Made made = passkeys.make(own(call), order.name, creation);
        return Reply.made(201, OWN + "/" + made.passkey().id(), new MadeView(Row.of(made.passkey()), made.recovery()));
    }

    private Reply remove(Call call, Again order) throws BackupException, Refusal {
        return switch (passkeys.remove(own(call), order.login(user(call)), call.place("passkey"))) {
            case Passkeys.Start.Begun<Passkey>(var gone) -> Reply.ok(Row.of(gone));
            case Passkeys.Start.Not<Passkey>(var why) -> throw LoginAnswers.refusal(why);
        };
    }

    /** Nothing: the passkey is to be enough. */
    private record Beside(String name, @Secret String password) {}

    /** Bytes in base64url, as the browser has them. @param userHandle null: the device said none */
    private record Signed(String id, String clientDataJSON, String authenticatorData, String signature, String userHandle) {}

    /** Nothing where one has logged in within five minutes. @param code null without a second factor */
    private record Again(@Secret String password, @Secret String code) {

        Sessions.Login login(UserName user) {
            return password == null ? null : new Sessions.Login(user.value(), password, code);
        }
    }

    /** Bytes in base64url, as the browser has them. */
    private record New(String name, String clientDataJSON, String attestationObject) {}

    /** @param recovery codes that open once each, told here and nowhere else; none if there were some already */
    private record MadeView(Row passkey, List<String> recovery) {}

    /** @param host that it is good for @param synced whether it may be on several devices @param used null: never */
    private record Row(String id, String name, String host, boolean synced, String made, String used) {

        static Row of(Passkey passkey) {
            return new Row(passkey.id(), passkey.name(), passkey.host(), passkey.synced(), Json.time(passkey.made()), Json.time(passkey.used()));
        }
    }
}
