package org.azekura.cli.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rows;
import org.azekura.cli.job.ParkWait;
import org.azekura.cli.job.Run;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code azekura prune} */
@Command(name = "prune", description = {"Returns the space of what no snapshot needs any more: deleted snapshots, backups that failed.",
        "Backups may run meanwhile; no key is needed."}, footer = {"", "Example:", "  azekura prune --dry-run"})
public final class PruneCommand implements Callable<Integer> {

    private static final String[] FIELDS = {"job", "dryRun", "packs", "dropped", "rewritten", "kept", "freed", "written", "live", "pages", "reasons",
        "plans"};

    private final Root root;

    @Option(names = "--pool", paramLabel = "POOL", description = "Only this pool.")
    private String pool;

    @Option(names = "--dry-run", description = "Only say what would go, and why.")
    private boolean dryRun;

    @Option(names = "--early", description = "Also drop what the cloud bills for some time still, whether it is there or not (an archive's 90 or 180 days). By itself it stays until then.")
    private boolean early;

    @Mixin
    private final ParkWait parked = new ParkWait();

    public PruneCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        ObjectNode order = Json.object().put("kind", "prune").put("dryRun", dryRun).put("early", early);
        Json.putGiven(order, "pool", pool);
        Run run = Run.order(root, order, parked.time());
        JsonNode result = run.result();
        if (root.json()) {
            root.document(Rows.one(result, FIELDS));
        } else {
            tell(result, run.id());
        }
        return run.warned() ? Exit.WARNED : Exit.DONE;
    }

    private void tell(JsonNode result, String job) {
        if (root.verbose()) {
            for (JsonNode plan : result.path("plans")) {
                root.out().printf("pack %s %s, %s of %s needed: %s%n", Words.text(plan, "pack"), Words.text(plan, "action"),
                        Words.size(plan, "live"), Words.size(plan, "size"), Words.text(plan, "why"));
            }
        }
        for (JsonNode reason : result.path("reasons")) {
            root.out().printf("%s %s%s, %s of %s needed: %s%n", Words.count(reason, "packs", "pack"), dryRun ? "would be " : "",
                    Words.text(reason, "action"), Words.size(reason, "live"), Words.size(reason, "bytes"), Words.text(reason, "why"));
        }
        root.out().printf(dryRun ? "%s would be freed, %s of it written anew (job %s)%n" : "%s freed, %s of it written anew (job %s)%n",
                Words.size(result, "freed"), dryRun ? rewrittenBytes(result) : Words.size(result, "written"), job);
    }

    /** In a dry run nothing is written: what would be is what is alive in packs to be rewritten. */
    private static String rewrittenBytes(JsonNode result) {
        for (JsonNode reason : result.path("reasons")) {
            if (Words.text(reason, "action").equals("rewritten")) {
                return Words.size(reason, "live");
            }
        }
        return "nothing";
    }
}
