package org.azekura.rest.key;

import java.util.Base64;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.access.Right;
import org.azekura.api.server.Keys;
import org.azekura.rest.call.Call;
import org.azekura.rest.call.Names;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Reply;
import org.azekura.rest.call.Route;
import org.azekura.rest.call.Secret;

/** Who can read the pools. */
public final class KeyRoutes {

    private final Keys keys;

    public KeyRoutes(Keys keys) {
        this.keys = keys;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("pools/{pool}/recipients").needs(Right.READ).says("Whose keys open a pool").answers(State.class).by(call -> Reply.ok(state(keys.state(pool(call))))),
                Route.post("pools/{pool}/recipients").needs(Right.ADMINISTER).says("Seals a pool for somebody else, too").answers(State.class)
                        .dangerous(this::terms).takes(Added.class, this::add),
                Route.post("pools/{pool}/recipients/{key}/remove").needs(Right.ADMINISTER).says("Seals what comes from now on for somebody no more").answers(State.class)
                        .dangerous(this::terms)
                        .by(call -> Reply.ok(state(keys.removeRecipient(pool(call), call.place("key"))))),
                Route.post("pools/{pool}/keyring").needs(Right.ADMINISTER).says("A key ring that a recipient made from the one that counts").answers(State.class)
                        .dangerous(this::terms)
                        .takes(Ring.class, this::replace),
                Route.post("pools/{pool}/seal").needs(Right.ADMINISTER).says("Has the appliance forget its key of a pool").answers(State.class)
                        .dangerous(this::terms).by(this::seal),
                Route.post("keys").needs(Right.ADMINISTER).says("Takes a key in from a recovery file").answers(Opened.class).takes(Taken.class, this::take));
    }

    private Terms terms(Call call) throws BackupException {
        Keys.State state = keys.state(pool(call));
        return new Terms(state.sealed(), state.number(), state.epoch(), state.recipients().stream().map(one -> one.name() + " " + one.id()).toList());
    }

    /** What is laid down of who reads a pool. */
    private record Terms(boolean sealed, int number, int epoch, List<String> recipients) {}

    private static PoolName pool(Call call) throws BackupException {
        return Names.pool(call.place("pool"));
    }

    private Reply add(Call call, Added order) throws BackupException, Refusal {
        String text = text(order.publicKey, "publicKey", "the text of a public key file");
        return Reply.ok(state(keys.addRecipient(pool(call), text)));
    }

    private Reply replace(Call call, Ring order) throws BackupException, Refusal {
        String text = text(order.ring, "ring", "a key ring in base64");
        try {
            return Reply.ok(state(keys.replaceRing(pool(call), Base64.getDecoder().decode(text))));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("request.value", "ring", "the field \"ring\" is no base64: " + e.getMessage());
        }
    }

    private Reply seal(Call call) throws BackupException {
        PoolName pool = pool(call);
        keys.forgetKey(pool);
        return Reply.ok(state(keys.state(pool)));
    }

    private Reply take(Call call, Taken order) throws BackupException, Refusal {
        String text = text(order.recovery, "recovery", "the text of a recovery file");
        return Reply.ok(new Opened(keys.importKey(Names.pool(order.pool), text, order.passphrase).stream().map(PoolName::value).toList()));
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

    /** @param pools that the key opens */
    private record Opened(List<String> pools) {}

    private record Added(String publicKey) {}

    private record Ring(String ring) {}

    /** @param pool null for every pool that the key opens @param passphrase that closes the file, null for none */
    private record Taken(String pool, @Secret String recovery, @Secret String passphrase) {}

    /**
     * @param sealed     whether this appliance holds no key that opens the pool
     * @param recipients of {@code id}, {@code name}, {@code here}
     * @param ring       in base64
     */
    private record State(boolean sealed, int number, int epoch, List<Keys.Reader> recipients, String ring) {}
}
