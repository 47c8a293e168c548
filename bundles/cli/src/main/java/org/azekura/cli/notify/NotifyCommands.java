package org.azekura.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura notify …} */
@Command(name = "notify", description = "Who is told what happens, and what waits to be told.",
        footer = {"", "Example:", "  azekura notify target create mail ops --set host=mail.example.com from=azekura@example.com to=ops@example.com", "  azekura notify target test ops",
            "  azekura notify outbox"})
public final class NotifyCommands extends Group {

    private final Root root;

    private NotifyCommands(Root root) {
        this.root = root;
    }

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new NotifyCommands(root)).addSubcommand("target", new NoticeTargetCommands(root));
    }

    @Command(name = "alerts", description = "What needs a look now, by stable codes.", footer = {"", "Example:", "  azekura notify alerts --json"})
    int alerts() {
        JsonNode alerts = root.rest().get("alerts");
        if (root.json()) {
            root.document(alerts);
            return Exit.DONE;
        }
        Table table = new Table("SEVERITY", "CODE", "SINCE", "TEXT");
        for (JsonNode alert : alerts) {
            table.row(Words.text(alert, "severity"), Words.text(alert, "code"), Words.time(alert, "since"), Words.text(alert, "text"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "outbox", description = "What waits to be told, and why.", footer = {"", "Example:", "  azekura notify outbox --target ops", "  azekura notify outbox --retry 7"})
    int outbox(@Option(names = "--target", paramLabel = "NAME", description = "Only for this one.") String target,
            @Option(names = "--retry", paramLabel = "N", description = "Try this one at once, also if it was given up.") Long retry,
            @Option(names = "--drop", paramLabel = "N", description = "Tell nobody of this one.") Long drop) {
        if (retry != null && drop != null) {
            throw CommandFailure.usage("give --retry or --drop, not both");
        }
        if (retry != null || drop != null) {
            JsonNode notice = retry != null ? root.rest().post("notifications/outbox/" + retry + "/retry", null) : root.rest().delete("notifications/outbox/" + drop);
            return tell(notice, retry != null ? "notice " + retry + " is tried now" : "nobody is told of notice " + drop);
        }
        JsonNode waiting = root.rest().get("notifications/outbox" + (target == null ? "" : "?target=" + Rest.encode(target)));
        if (root.json()) {
            root.document(waiting);
            return Exit.DONE;
        }
        Table table = new Table("ID", "TARGET", "STATE", "MADE", "NEXT TRY", "TRIES", "WHAT", "PROBLEM");
        for (JsonNode row : waiting) {
            table.row(Words.text(row, "id"), Words.text(row, "target"), Words.text(row, "state"), Words.time(row, "made"), Words.time(row, "due"), Words.text(row, "attempts"),
                    Words.text(row, "subject"), Words.text(row, "problem"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    private int tell(JsonNode notice, String what) {
        if (root.json()) {
            root.document(notice);
        } else {
            root.out().println(what);
        }
        return Exit.DONE;
    }
}
