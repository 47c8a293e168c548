package org.azekura.rest.access;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.UserName;
import org.azekura.api.access.Right;
import org.azekura.api.access.SecondFactors;
import org.azekura.api.access.Sessions;
import org.azekura.api.access.Users;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;

/** Second factors: one's own, and of others who have lost theirs. */
public final class FactorRoutes {

    private final SecondFactors factors;
    private final Users users;

    /** @param users who there is */
    public FactorRoutes(SecondFactors factors, Users users) {
        this.users = users;
        this.factors = factors;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("users/{user}/factor/remove").needs(Right.ADMINISTER).says("Takes the second factor from a user who has lost it; his sessions end")
                        .answers(Gone.class).dangerous(call -> UserTerms.of(users.get(Names.user(call.place("user"))))).by(this::remove),
                Route.post("session/factor").needs(Right.OWN).says("Makes the secret of a second factor, which counts once it is confirmed").answers(201, BegunView.class)
                        .takes(Order.class, this::begin),
                Route.post("session/factor/remove").needs(Right.OWN).says("Takes my second factor from me, who proves himself by it once more; all my sessions end").answers(Gone.class)
                        .takes(Order.class, this::giveUp),
                Route.post("session/factor/confirm").needs(Right.OWN).says("Has the second factor count; all my sessions end and the answer sets the cookie of a new one")
                        .answers(ConfirmedView.class).takes(Code.class, this::confirm));
    }

    private Reply begin(Call call, Order order) throws BackupException, Refusal {
        return Reply.made(proven(call, order));
    }

    private Reply giveUp(Call call, Order order) throws BackupException, Refusal {
        proven(call, order);
        UserName user = user(call);
        factors.remove(user);
        return Reply.ok(new Gone(user.value()));
    }

    /** A secret that was begun with, which nobody confirms if it was only about who he is. */
    private BegunView proven(Call call, Order order) throws BackupException, Refusal {
        if (order.password == null) {
            throw Refusal.badRequest("request.value", "password", "the field \"password\" is the password that you have; \"code\" goes with it if you have a second factor");
        }
        return switch (factors.begin(new Sessions.Login(user(call).value(), order.password, order.code), call.entry().from(), session(call))) {
            case SecondFactors.Start.Begun(String secret, String uri) -> new BegunView(secret, uri);
            case SecondFactors.Start.Not(var why) -> throw LoginAnswers.refusal(why);
        };
    }

    private Reply confirm(Call call, Code order) throws BackupException, Refusal {
        if (order.code == null) {
            throw Refusal.badRequest("request.value", "code", "the field \"code\" is what the device shows, like \"123456\"");
        }
        SecondFactors.Confirmed confirmed = factors.confirm(user(call), order.code, call.entry().from(), session(call));
        return new Reply.Json(200, new ConfirmedView(confirmed.recovery(), SessionView.of(confirmed.opened().session())), LoginAnswers.kept(confirmed.opened()));
    }

    private Reply remove(Call call) throws BackupException, Refusal {
        factors.remove(Granted.another(call));
        return Reply.ok(new Gone(call.place("user")));
    }

    private static String session(Call call) throws Refusal {
        if (call.entry().session() == null) {
            throw Refusal.unauthenticated(call.entry().from());
        }
        return call.entry().session().id();
    }

    private static UserName user(Call call) throws Refusal {
        return call.caller().user().orElseThrow(() -> Refusal.badRequest("request.value", "", "only a user has a second factor"));
    }

    /** @param code null without a second factor */
    private record Order(@Secret String password, @Secret String code) {}

    private record Code(@Secret String code) {}

    /** @param secret in base 32 @param uri {@code otpauth://}, to be shown as a picture */
    private record BegunView(String secret, String uri) {}

    /** @param recovery codes that open once each; told here and nowhere else */
    private record ConfirmedView(List<String> recovery, SessionView session) {}

    /** @param name of who has none any more */
    private record Gone(String name) {}
}
