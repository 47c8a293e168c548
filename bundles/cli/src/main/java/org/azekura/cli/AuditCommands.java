package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura audit …} */
@Command(name = "audit", description = "Who did what. Lines are added and never changed.", footer = {"", "Example:", "  azekura audit list"})
final class AuditCommands implements Callable<Integer> {

    private final Root root;

    AuditCommands(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: list, verify");
    }

    @Command(name = "list", description = "What was done, the newest first; times are retention time.", footer = {"", "Example:", "  azekura audit list --limit 20"})
    int list(@Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "How many lines, at most 1000 (default: ${DEFAULT-VALUE}).") int limit,
            @Option(names = "--below", paramLabel = "NUMBER", description = "Only lines with a smaller number.") Integer below) {
        JsonNode lines = root.rest().get("audit?limit=" + limit + (below == null ? "" : "&below=" + below));
        if (root.json) {
            root.document(lines);
            return Exit.DONE;
        }
        Table table = new Table("NUMBER>", "TIME", "WHO", "FROM", "OPERATION", "OBJECT", "OUTCOME");
        for (JsonNode line : lines) {
            table.row(Words.text(line, "number"), Words.time(line, "time"), Words.text(line, "who"), Words.text(line, "from"), Words.text(line, "operation"),
                    Words.text(line, "object"), Words.text(line, "outcome"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "verify", description = {"Whether each line follows from the one before; exits 1 if one does not, and names it.",
        "That lines are missing at the end shows to who has noted the hash of a later one elsewhere."}, footer = {"", "Example:", "  azekura audit verify"})
    int verify() {
        JsonNode found = root.rest().get("audit/verify");
        boolean whole = found.path("whole").asBoolean();
        if (root.json) {
            root.document(found);
        } else if (whole) {
            root.out().println(Words.text(found, "entries") + " lines, each follows from the one before; hash of the newest: " + Words.text(found, "head"));
        }
        if (!whole) {
            root.terminal.warn("the audit log was changed: line " + Words.text(found, "broken") + " does not follow from the one before");
        }
        return whole ? Exit.DONE : Exit.FAILED;
    }
}
