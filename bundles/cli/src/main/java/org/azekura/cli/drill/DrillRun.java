package org.azekura.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.job.ParkWait;
import org.azekura.cli.job.ProblemList;
import org.azekura.cli.job.Run;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura drill run} */
@Command(name = "run", description = {"Restores a snapshot, or a sample of it, into a scratch place of a client, reads it back, compares every byte and attribute, and removes it.",
        "The client chooses the place in its home; what does not fit there at once comes in portions. A sample, a tenth of the files if nothing is said, always has",
        "some of the largest and smallest.",
        "Exits 0 if all of it is as it was saved, 1 if something is not or can't be read, 3 if something could not be compared; each is named."},
        footer = {"", "Example:", "  azekura drill run 0193b2c4 --sample 5%% --from-copy offsite"})
final class DrillRun implements Callable<Integer> {

    private final Root root;

    @Parameters(index = "0", paramLabel = "ID", description = "Of the snapshot; its first digits are enough if they tell it from all others.")
    private String snapshot;

    @Option(names = "--from-copy", paramLabel = "POOL", description = "Read the copy in this pool (default: what is soonest read).")
    private String fromCopy;

    @Option(names = "--thaw", paramLabel = "WAY", description = "Have what lies in the archive of a cloud brought, cheap, usual or fast; that may cost money, and takes hours (default: it is not looked at).")
    private String thaw;

    @ArgGroup
    private Extent extent;

    @Option(names = "--seed", paramLabel = "NUMBER", description = "Choose as the drill did that named this seed.")
    private Long seed;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Who rehearses (default: whose snapshot it is).")
    private String client;

    @Option(names = "--keep-scratch", description = "Leave what was compared last where it is, to look at, until the client starts again.")
    private boolean keepScratch;

    @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain", description = "plain, or percent: %%XX is a byte, in paths shown.")
    private PathForm form;

    @Mixin
    private final ParkWait parked = new ParkWait();

    DrillRun(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        Run run = Run.order(root, order(), parked.time());
        JsonNode result = run.whatItFound();
        boolean failed = result.path("outcome").asText().equals("failed");
        if (root.json()) {
            root.document(inForm((ObjectNode) result));
        } else {
            tell(result, run);
        }
        return failed ? Exit.FAILED : run.warned() ? Exit.WARNED : Exit.DONE;
    }

    private ObjectNode order() {
        ObjectNode order = Json.object().put("kind", "drill").put("snapshot", snapshot).put("keepScratch", keepScratch);
        Json.putGiven(order, "sample", extent == null ? null : extent.word());
        if (seed != null) {
            order.put("seed", seed);
        }
        Json.putGiven(order, "client", client);
        Json.putGiven(order, "fromCopy", fromCopy);
        Json.putGiven(order, "thaw", thaw);
        return order;
    }

    private ObjectNode inForm(ObjectNode result) {
        ProblemList problems = new ProblemList(root.terminal(), form);
        for (String list : List.of("differing", "left")) {
            ArrayNode rows = Json.object().putArray(list);
            result.path(list).forEach(row -> rows.add(problems.row(row)));
            result.set(list, rows);
        }
        return result;
    }

    private void tell(JsonNode result, Run run) {
        ProblemList problems = new ProblemList(root.terminal(), form);
        result.path("differing").forEach(problems::show);
        result.path("left").forEach(problems::show);
        result.path("notes").forEach(note -> root.terminal().warn(note.asText()));
        if (!result.path("kept").isNull()) {
            root.terminal().warn("what was compared last stays in " + form.shown(result.path("kept").asText()));
        }
        JsonNode sample = result.path("sample");
        root.out().printf("%s: %s%s, %s from pool %s%n", result.path("outcome").asText(), Words.count(result, "files", "file"),
                sample.isNull() ? "" : " of " + Words.count(result, "ofFiles") + " (seed " + sample.path("seed").asText() + ")", Words.size(result, "bytes"), Words.text(result, "pool"));
        JsonNode times = result.path("times");
        long rate = rate(result.path("bytes").asLong(), times);
        root.out().printf("first byte after %s, restored at %s/s, compared in %s (job %s)%n", seconds(times, "firstByte"), Words.size(Json.object().put("rate", rate), "rate"),
                seconds(times, "comparing"), run.id());
    }

    /** Without waits and without the comparison. */
    private static long rate(long bytes, JsonNode times) {
        long ms = times.path("reading").asLong() + times.path("restoring").asLong();
        return ms == 0 ? 0 : Math.round(bytes * 1000.0 / ms);
    }

    private static String seconds(JsonNode times, String phase) {
        long ms = times.path(phase).asLong();
        return ms < 0 ? "-" : String.format("%.1f s", ms / 1000.0);
    }
}
