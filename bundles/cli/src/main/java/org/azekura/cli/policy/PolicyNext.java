package org.azekura.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura policy next} */
@Command(name = "next", description = "The next runs of all policies, earliest first.", footer = {"", "Example:", "  azekura policy next --limit 5"})
final class PolicyNext implements Callable<Integer> {

    private final Root root;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    PolicyNext(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        JsonNode runs = root.rest().get("schedules/next?limit=" + limit);
        if (root.json()) {
            root.document(runs);
            return Exit.DONE;
        }
        Table table = new Table("BEGINS", "POLICY");
        runs.forEach(run -> table.row(Words.time(run, "at"), Words.text(run, "policy")));
        table.print(root.out());
        return Exit.DONE;
    }
}
