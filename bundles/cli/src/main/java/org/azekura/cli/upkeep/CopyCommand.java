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
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code azekura copy} */
@Command(name = "copy", description = {"Copies snapshots into another pool's volume: to another disk, node or site.",
        "Data go from storage node to storage node, as they are; only what is missing there is sent, so again costs little. No key is needed;"
                + " what is copied is read with the recovery file of the pool that it was saved in."},
        footer = {"", "Exit codes: 0 done, 3 a snapshot or a damaged pack was not copied (each named).", "", "Example:",
            "  azekura copy --to offsite --pool default", "  azekura copy --to offsite --snapshot 0193b2c4"})
public final class CopyCommand implements Callable<Integer> {

    private static final String[] FIELDS = {"job", "snapshots", "packs", "bytes", "left", "damaged"};

    private final Root root;

    @Option(names = "--to", required = true, paramLabel = "POOL", description = "The pool that gets the copies.")
    private String to;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Mixin
    private final ParkWait parked = new ParkWait();

    /** What is copied. */
    private static final class What {

        @Option(names = "--snapshot", required = true, paramLabel = "ID", description = "One snapshot, or its first digits.")
        private String snapshot;

        @Option(names = "--pool", required = true, paramLabel = "POOL", description = "All snapshots of this pool that have no copy there.")
        private String pool;
    }

    public CopyCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        ObjectNode order = Json.object().put("kind", "copy").put("to", to);
        if (what.snapshot != null) {
            order.put("snapshot", what.snapshot);
        } else {
            order.put("pool", what.pool);
        }
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
        for (JsonNode damage : result.path("damaged")) {
            root.terminal().warn("pack " + Words.text(damage, "pack") + " on volume " + Words.text(damage, "volume") + " is damaged and was not copied: "
                    + Words.text(damage, "what"));
        }
        for (JsonNode left : result.path("left")) {
            root.terminal().warn("snapshot " + Words.text(left, "snapshot") + " has no copy: " + Words.text(left, "reason"));
        }
        root.out().printf("%s copied to pool %s with %s, %s (job %s)%n", Words.count(result.path("snapshots").size(), "snapshot"), to,
                Words.count(result, "packs", "pack"), Words.size(result, "bytes"), job);
    }
}
