package org.azekura.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.server.Keys;

/** Who can read the pools. */
final class KeyRoutes {

    private final Keys keys;

    KeyRoutes(Keys keys) {
        this.keys = keys;
    }

    List<Route> routes() {
        return List.of(
                Route.get("pools/*/recipients", call -> Reply.ok(state(keys.state(Names.pool(call.name()))))),
                Route.post("pools/*/recipients", this::add),
                Route.post("pools/*/recipients/*/remove", call -> Reply.ok(state(keys.removeRecipient(Names.pool(call.name()), call.names().get(1))))),
                Route.post("pools/*/keyring", this::replace),
                Route.post("pools/*/seal", this::seal),
                Route.post("keys", this::take));
    }

    private Reply add(Call call) throws BackupException, Refusal {
        String text = text(Json.read(call.body(), Added.class).publicKey, "publicKey", "the text of a public key file");
        return Reply.ok(state(keys.addRecipient(Names.pool(call.name()), text)));
    }

    private Reply replace(Call call) throws BackupException, Refusal {
        String text = text(Json.read(call.body(), Ring.class).ring, "ring", "a key ring in base64");
        try {
            return Reply.ok(state(keys.replaceRing(Names.pool(call.name()), Base64.getDecoder().decode(text))));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.value", "ring", "the field \"ring\" is no base64: " + e.getMessage());
        }
    }

    private Reply seal(Call call) throws BackupException {
        PoolName pool = Names.pool(call.name());
        keys.forgetKey(pool);
        return Reply.ok(state(keys.state(pool)));
    }

    private Reply take(Call call) throws BackupException, Refusal {
        Taken order = Json.read(call.body(), Taken.class);
        String text = text(order.recovery, "recovery", "the text of a recovery file without a passphrase");
        ObjectNode answer = Json.MAPPER.createObjectNode();
        keys.importKey(Names.pool(order.pool), text).forEach(pool -> answer.withArray("pools").add(pool.value()));
        return Reply.ok(answer);
    }

    private static String text(String value, String field, String what) throws Refusal {
        if (value == null) {
            throw Refusal.badRequest("request.value", field, "the field \"" + field + "\" is missing: " + what);
        }
        return value;
    }

    private static State state(Keys.State state) {
        return new State(state.sealed(), state.number(), state.epoch(), state.recipients(), Base64.getEncoder().encodeToString(state.ring()));
    }

    private record Added(String publicKey) {}

    private record Ring(String ring) {}

    /** @param pool null for every pool that the key opens */
    private record Taken(String pool, String recovery) {}

    /**
     * @param sealed     whether this appliance holds no key that opens the pool
     * @param recipients of {@code id}, {@code name}, {@code here}
     * @param ring       in base64
     */
    private record State(boolean sealed, int number, int epoch, List<Keys.Reader> recipients, String ring) {}
}
