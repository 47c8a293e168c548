package org.azekura.rest;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.server.Publishers;

/** Whose driver packages are let in. */
final class PublisherRoutes {

    private final Publishers publishers;

    PublisherRoutes(Publishers publishers) {
        this.publishers = publishers;
    }

    List<Route> routes() {
        return List.of(
                Route.get("publishers", call -> Reply.ok(list())),
                Route.post("publishers", this::trust),
                Route.delete("publishers/*", this::distrust),
                Route.get("development-mode", call -> development()),
                Route.post("development-mode", this::develop));
    }

    private List<PublisherRow> list() throws BackupException {
        Instant now = Instant.now();
        return publishers.list().stream().map(one -> row(one, now)).toList();
    }

    private Reply trust(Call call) throws BackupException, Refusal {
        Order order = Json.read(call.body(), Order.class);
        if (order.certificate == null || order.certificate.length() > Publishers.MAX_CHARS) {
            throw Refusal.badRequest("request.value", "certificate", "the field \"certificate\" is the text of a publisher's certificate, at most "
                    + Publishers.MAX_CHARS + " characters of PEM");
        }
        return new Reply.Json(201, row(publishers.trust(order.certificate, order.name, call.caller()), Instant.now()), Map.of());
    }

    private Reply distrust(Call call) throws BackupException {
        publishers.distrust(call.name(), call.caller());
        return Reply.ok(new Gone(call.name()));
    }

    private Reply develop(Call call) throws BackupException, Refusal {
        Development order = Json.read(call.body(), Development.class);
        if (order.on == null) {
            throw Refusal.badRequest("request.value", "on", "the field \"on\" is true or false");
        }
        publishers.development(order.on, call.caller());
        return development();
    }

    private Reply development() throws BackupException {
        Publishers.DevelopmentMode mode = publishers.development();
        return Reply.ok(new Mode(mode.on(), Json.time(mode.since()), mode.by()));
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
