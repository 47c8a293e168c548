package org.azekura.cli.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.job.ParkWait;
import org.azekura.cli.job.Run;
import org.azekura.cli.media.CoverageWords;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code azekura verify} */
@Command(name = "verify", description = {"Reads packs back and checks every byte: those of a snapshot, of a pool, on a volume, or all.",
        "No key is needed but for --depth content; then the keys of the chunks that are read go to the client on the storage node's host.",
        "What lies beside the packs of a whole pool (key ring, manifests, checkpoints, the audit log) is looked at, too, and laid down anew from the catalog.",
        "Exits 0 if all is sound, 1 if something is damaged still, 3 if all that was damaged has been healed or laid down anew."},
        footer = {"", "Example:", "  azekura verify --pool default"})
public final class VerifyCommand implements Callable<Integer> {

    private final Root root;

    @ArgGroup
    private What what = new What();

    private static final class What {
        @Option(names = "--snapshot", paramLabel = "ID", description = "Only what this snapshot needs.")
        private String snapshot;

        @Option(names = "--pool", paramLabel = "POOL", description = "Only this pool.")
        private String pool;

        @Option(names = "--volume", paramLabel = "VOLUME", description = "Only what lies on this one, by its name or its barcode.")
        private String volume;
    }

    @Option(names = "--depth", paramLabel = "DEPTH", defaultValue = "checksums",
            description = "index: are the packs there, do size and index agree; checksums: every byte too; content: every chunk opened and compared with its id, too"
                    + " (default: ${DEFAULT-VALUE}).")
    private String depth;

    @Option(names = "--coverage", description = "Reads nothing, and shows day by day how much of --pool was read back.")
    private boolean coverage;

    @Option(names = "--budget", paramLabel = "SIZE|TIME", description = "Read about so much, or for about so long, like 50GiB or 2h; what was not verified for the longest time comes first.")
    private String budget;

    @Mixin
    private final ParkWait parked = new ParkWait();

    public VerifyCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (!List.of("index", "checksums", "content").contains(depth)) {
            throw CommandFailure.usage("--depth is index, checksums or content, not \"" + depth + "\"");
        }
        if (coverage) {
            return coverage();
        }
        ObjectNode order = Json.object().put("kind", "verify").put("depth", depth);
        if (budget != null) {
            Budget.parse(budget).into(order);
        }
        Json.putGiven(order, "snapshot", what.snapshot);
        Json.putGiven(order, "pool", what.pool);
        Json.putGiven(order, "volume", what.volume);
        Run run = Run.order(root, order, parked.time());
        JsonNode result = run.whatItFound();
        if (root.json()) {
            ObjectNode answer = Json.object().put("packs", result.path("packs").asLong());
            answer.set("damaged", result.path("damaged"));
            answer.set("healed", result.path("healed"));
            if (result.has("records")) {
                answer.set("records", result.path("records"));
            }
            root.document(answer);
        } else {
            tell(result.path("damaged"), "damaged");
            tell(result.path("healed"), "healed");
            for (JsonNode laid : result.path("records")) {
                root.terminal().warn(Words.text(laid, "blob") + " in pool " + Words.text(laid, "pool") + ": " + Words.text(laid, "what"));
            }
            root.out().printf("%s read, %d damaged, %d healed%s (job %s)%n", Words.count(result, "packs", "pack"),
                    result.path("damaged").size(), result.path("healed").size(), beside(result.path("records")), run.id());
        }
        return !result.path("damaged").isEmpty() || damaged(result.path("records")) > 0 ? Exit.FAILED
                : !result.path("healed").isEmpty() || run.warned() ? Exit.WARNED : Exit.DONE;
    }

    private static String beside(JsonNode records) {
        return records.isEmpty() ? "" : "; beside packs " + damaged(records) + " damaged, " + (records.size() - damaged(records)) + " laid down anew";
    }

    /** How many are so still. */
    private static int damaged(JsonNode records) {
        int damaged = 0;
        for (JsonNode laid : records) {
            damaged += laid.path("damaged").asBoolean() ? 1 : 0;
        }
        return damaged;
    }

    private int coverage() {
        if (what.pool == null) {
            throw CommandFailure.usage("--coverage is of one pool: give --pool POOL");
        }
        JsonNode days = root.rest().get("pools/" + Rest.encode(what.pool) + "/coverage");
        if (root.json()) {
            root.document(days);
        } else {
            CoverageWords.print(root, days);
        }
        return Exit.DONE;
    }

    private void tell(JsonNode packs, String outcome) {
        for (JsonNode damage : packs) {
            root.terminal().warn("pack " + Words.text(damage, "pack") + " on volume " + Words.text(damage, "volume") + " " + outcome + ": "
                    + Words.text(damage, "what"));
            for (JsonNode file : damage.path("files")) {
                root.terminal().warn("  needed by " + file.asText());
            }
        }
    }
}
