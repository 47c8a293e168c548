package org.azekura.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura audit …} */
@Command(name = "audit", description = "Who did what. Lines are added and never changed.", footer = {"", "Example:", "  azekura audit list"})
public final class AuditCommands extends Group {

    private final Root root;

    public AuditCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = "What was done, the newest first; times are retention time.", footer = {"", "Example:", "  azekura audit list --limit 20"})
    int list(@Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "How many lines, at most 1000 (default: ${DEFAULT-VALUE}).") int limit,
            @Option(names = "--below", paramLabel = "NUMBER", description = "Only lines with a smaller number.") Integer below) {
        JsonNode lines = root.rest().get("audit?limit=" + limit + (below == null ? "" : "&below=" + below));
        if (root.json()) {
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

    @Command(name = "verify", description = {"Whether each line follows from the one before, and whether the log has the newest line that media were told of; exits 1 if not.",
        "Media are told with each checkpoint, so what came since a pool's last one can be cut off unseen; who notes the hash of the newest line elsewhere sees that, too."},
            footer = {"", "Example:", "  azekura audit verify"})
    int verify() {
        JsonNode found = root.rest().get("audit/verify");
        if (root.json()) {
            root.document(found);
        } else if (found.path("whole").asBoolean()) {
            String media = found.path("onMedia").isNumber() ? "; media were told of line " + Words.text(found, "onMedia") : "";
            root.out().println(Words.count(found, "entries", "line") + ", each follows from the one before; hash of the newest: " + Words.text(found, "head") + media);
        }
        if (found.path("broken").isNumber()) {
            root.terminal().warn("the audit log was changed: line " + Words.text(found, "broken") + " does not follow from the one before");
        }
        if (found.path("cut").asBoolean()) {
            root.terminal().warn("the log ends at line " + Words.text(found, "entries") + ", media say that there were " + Words.text(found, "onMedia")
                    + ": lines are missing, or it is another log; once that was looked into: azekura audit accept");
        }
        return found.path("whole").asBoolean() ? Exit.DONE : Exit.FAILED;
    }

    @Command(name = "accept", description = "What media say of lines that are missing has been looked into: the log counts as it is from here on. This is a line of it.",
            footer = {"", "Example:", "  azekura audit accept"})
    int accept() {
        JsonNode found = root.rest().post("audit/accept", null);
        if (root.json()) {
            root.document(found);
        } else {
            root.out().println("the audit log counts from line " + Words.text(found, "onMedia") + " on");
        }
        return Exit.DONE;
    }
}
