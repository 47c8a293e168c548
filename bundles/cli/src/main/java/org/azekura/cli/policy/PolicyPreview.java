package org.azekura.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura policy preview} */
@Command(name = "preview", description = "When a policy with this schedule would run. Nothing is changed.",
        footer = {"", "Example:", "  azekura policy preview \"mon..fri 22:00\" --zone Europe/Berlin --blackout \"fri 20:00-24:00\""})
final class PolicyPreview implements Callable<Integer> {

    private final Root root;

    @Parameters(paramLabel = "WHEN", description = "As --schedule of \"azekura policy create\" takes it.")
    private String schedule;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Time zone of these times, like Europe/Berlin; that of the server without it.")
    private String zone;

    @Option(names = "--blackout", paramLabel = "HOURS", arity = "1..*", description = "Nothing begins then, like \"mon..fri 08:00-18:00\".")
    private List<String> blackouts = List.of();

    @Option(names = "--in-blackout", paramLabel = "wait|skip", description = "What becomes of a run that falls into a blackout: it waits for the end (as usual), or is left out.")
    private String inBlackout;

    @Option(names = "--count", paramLabel = "N", defaultValue = "5", description = "So many runs (default: ${DEFAULT-VALUE}).")
    private int count;

    PolicyPreview(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        ObjectNode order = Json.object().put("schedule", schedule).put("count", count);
        Json.putGiven(order, "zone", zone);
        blackouts.forEach(order.putArray("blackouts")::add);
        TimingOptions.leaveOut(order, inBlackout);
        JsonNode preview = root.rest().post("schedules/preview", order);
        if (root.json()) {
            root.document(preview);
            return Exit.DONE;
        }
        preview.path("next").forEach(run -> root.out().println(Words.time(Json.object().set("at", run), "at")));
        if (preview.path("next").isEmpty()) {
            root.out().println("it would never run");
        }
        return Exit.DONE;
    }
}
