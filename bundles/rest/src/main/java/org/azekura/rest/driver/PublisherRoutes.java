package org.azekura.rest.driver;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.access.Right;
import org.azekura.api.server.Publishers;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Json;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;

/** Whose driver packages are let in. */
public final class PublisherRoutes {

    private final Publishers publishers;

    public PublisherRoutes(Publishers publishers) {
        this.publishers = publishers;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("publishers").needs(Right.READ).says("Whose driver packages are let in").lists(PublisherRow.class).by(call -> Reply.ok(list())),
                Route.post("publishers").needs(Right.ADMINISTER).says("Lets a publisher's driver packages in").answers(201, PublisherRow.class)
                        .dangerous(call -> null).takes(Order.class, this::trust),
                Route.delete("publishers/{publisher}").needs(Right.ADMINISTER).says("Lets nothing more of a publisher in").answers(Gone.class).by(this::distrust),
                Route.get("development-mode").needs(Right.READ).says("Whether unsigned driver packages are let in, too").answers(Mode.class).by(call -> development()),
                Route.post("development-mode").needs(Right.ADMINISTER).says("Lets unsigned driver packages in, or no more").answers(Mode.class)
                        .dangerousIf(call -> Boolean.TRUE.equals(call.read(Development.class).on), call -> mode()).takes(Development.class, this::develop));
    }

    private List<PublisherRow> list() throws BackupException {
        Instant now = Instant.now();
        return publishers.list().stream().map(one -> row(one, now)).toList();
    }

    private Reply trust(Call call, Order order) throws BackupException, Refusal {
        if (order.certificate == null || order.certificate.length() > Publishers.MAX_CHARS) {
            throw Refusal.badRequest("request.value", "certificate", "the field \"certificate\" is the text of a publisher's certificate, at most "
                    + Publishers.MAX_CHARS + " characters of PEM");
        }
        return Reply.made(row(publishers.trust(order.certificate, order.name, call.caller().name()), Instant.now()));
    }

    private Reply distrust(Call call) throws BackupException {
        publishers.distrust(call.place("publisher"), call.caller().name());
        return Reply.ok(new Gone(call.place("publisher")));
    }

    private Reply develop(Call call, Development order) throws BackupException, Refusal {
        if (order.on == null) {
            throw Refusal.badRequest("request.value", "on", "the field \"on\" is true or false");
        }
        publishers.development(order.on, call.caller().name());
        return development();
    }

    private Reply development() throws BackupException {
        return Reply.ok(mode());
    }

    private Mode mode() throws BackupException {
        Publishers.DevelopmentMode mode = publishers.development();
        return new Mode(mode.on(), Json.time(mode.since()), mode.by());
    }

    private static PublisherRow row(Publishers.Publisher one, Instant now) {
        return new PublisherRow(one.name(), one.fingerprint(), one.standing(now).name().toLowerCase(Locale.ROOT), Json.time(one.from()), Json.time(one.until()),
                one.shipped(), Json.time(one.trusted()), one.by());
    }

    /**
     * What is asked for.
     *
     * @param certificate PEM
     * @param name        null: as the certificate says
     */
    private record Order(String certificate, String name) {}

    /** @param name of who is trusted no more */
    private record Gone(String name) {}

    /** What is asked for. */
    private record Development(Boolean on) {}

    /** @param since null if nobody ever turned it on */
    private record Mode(boolean on, String since, String by) {}

    /**
     * @param state   trusted, early or expired
     * @param trusted since when; null if he came with the distribution
     * @param by      who said so
     */
    private record PublisherRow(String name, String fingerprint, String state, String from, String until, boolean shipped, String trusted, String by) {}
}
