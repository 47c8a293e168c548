package org.azekura.cli.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Base64;
import org.azekura.api.BackupException;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecoveryFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura key recipient …} */
@Command(name = "recipient", description = "Who can read a pool.", footer = {"", "Example:", "  azekura key recipient list --pool default"})
final class RecipientCommands extends Group {

    private final Root root;

    RecipientCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = "Whose keys open a pool.", footer = {"", "Example:", "  azekura key recipient list --pool default"})
    int list(@Option(names = "--pool", required = true, paramLabel = "POOL", description = "The pool.") String pool) {
        show(root.rest().get(address(pool)));
        return Exit.DONE;
    }

    @Command(name = "add", description = {"Lets one more key read a pool, all that was saved and will be.",
            "In a sealed pool only a recipient can do this: give his --key; it does not leave this host."},
            footer = {"", "Example:", "  azekura key recipient add --pool default owner.key.pub"})
    int add(@Option(names = "--pool", required = true, paramLabel = "POOL", description = "The pool.") String pool,
            @Parameters(paramLabel = "PUBLIC", description = "File of a public key, as \"azekura key generate\" makes it.") Path file,
            @Option(names = "--key", paramLabel = "FILE", description = "File of a key that opens the pool.") Path key) {
        String text = KeyFiles.read(file);
        Recipient added = KeyFiles.checked(() -> Recipient.parse(text));
        show(key == null ? root.rest().post(address(pool), Json.object().put("publicKey", text))
                : replace(pool, key, (ring, keys) -> ring.with(keys, added)));
        return Exit.DONE;
    }

    @Command(name = "remove", description = {"Begins a new epoch: what is saved from now on the key can't read. What it could read, it can.",
            "In a sealed pool only a recipient can do this: give his --key; it does not leave this host."},
            footer = {"", "Example:", "  azekura key recipient remove --pool default 5f6f1b1c9a3e4d77"})
    int remove(@Option(names = "--pool", required = true, paramLabel = "POOL", description = "The pool.") String pool,
            @Parameters(paramLabel = "KEYID", description = "Of the key, as \"list\" shows it.") String id,
            @Option(names = "--key", paramLabel = "FILE", description = "File of a key that opens the pool.") Path key) {
        show(key == null ? root.rest().post(address(pool) + "/" + Rest.encode(id) + "/remove", null)
                : replace(pool, key, (ring, keys) -> ring.without(keys, id)));
        return Exit.DONE;
    }

    /** How a ring becomes the next one. */
    private interface Change {
        KeyRing of(KeyRing ring, PoolKeys keys) throws BackupException;
    }

    private JsonNode replace(String pool, Path key, Change change) {
        RecoveryFile file = KeyFiles.checked(() -> RecoveryFile.parse(KeyFiles.read(key)));
        JsonNode state = root.rest().get(address(pool));
        KeyRing next = KeyFiles.checked(() -> {
            KeyRing ring = KeyRing.parse(Base64.getDecoder().decode(state.path("ring").asText()));
            PoolKeys keys = ring.unlock(KeyFiles.open(root, file));
            // a key may open rings of several pools; its own pool's it knows
            if (file.pool() != null && file.pool().value().equals(pool) && !file.mark().equals(keys.mark())) {
                throw BackupException.corrupt("keyring.forged", pool, "the key ring of pool " + pool + " at the appliance is not that pool's");
            }
            return change.of(ring, keys);
        });
        return root.rest().post("pools/" + Rest.encode(pool) + "/keyring",
                Json.object().put("ring", Base64.getEncoder().encodeToString(next.encoded())));
    }

    private static String address(String pool) {
        return "pools/" + Rest.encode(pool) + "/recipients";
    }

    /** Without the ring itself: it is for programs that change it. */
    static JsonNode without(JsonNode state) {
        ObjectNode shown = state.deepCopy();
        shown.remove("ring");
        return shown;
    }

    private void show(JsonNode state) {
        if (root.json()) {
            root.document(without(state));
            return;
        }
        Table table = new Table("KEY", "NAME", "");
        for (JsonNode one : state.path("recipients")) {
            table.row(Words.text(one, "id"), Words.text(one, "name"), one.path("here").asBoolean() ? "here" : "");
        }
        table.print(root.out());
        root.out().println("epoch " + Words.text(state, "epoch") + (state.path("sealed").asBoolean() ? "; sealed: the appliance can't read it" : ""));
    }
}
