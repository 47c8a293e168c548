package org.azekura.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Query;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura drill list} */
@Command(name = "list", description = {"What drills proved, the newest first; or of each copy of each save set the last drill that proved it.",
    "What was proven stays when its snapshot goes."}, footer = {"", "Example:", "  azekura drill list --save-set app/db", "  azekura drill list --last"})
public final class DrillList implements Callable<Integer> {

    private final Root root;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Only of this client's data.")
    private String client;

    @Option(names = "--save-set", paramLabel = "S", description = "Only of this save set: CLIENT/NAME, or NAME with --client.")
    private String saveSet;

    @Option(names = "--last", description = "Of each copy the last drill that proved all that it chose.")
    private boolean last;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "So many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    DrillList(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > 1000) {
            throw CommandFailure.usage("--limit is a number from 1 to 1000, not " + limit);
        }
        Whose whose = Whose.of(client, saveSet);
        JsonNode rows = root.rest().get((last ? "proven" : "proofs") + Query.of("client", whose.client, "saveSet", whose.saveSet, "limit", last ? null : Integer.toString(limit)));
        if (root.json()) {
            root.document(rows);
        } else if (last) {
            Table table = new Table("SAVE SET", "COPY IN POOL", "PROVEN", "BY JOB", "LAST DRILL");
            for (JsonNode row : rows) {
                table.row(set(row), Words.text(row, "pool"), row.path("proven").isObject() ? Words.time(row.path("proven"), "ended") : "never",
                        Words.text(row.path("proven"), "job"), Words.text(row.path("last"), "outcome"));
            }
            table.print(root.out());
        } else {
            Table table = new Table("JOB", "SAVE SET", "FROM POOL", "ENDED", "CHOSEN", "ENTRIES", "SIZE", "OUTCOME", "DIFFERENCES");
            for (JsonNode row : rows) {
                table.row(Words.text(row, "job"), set(row), Words.text(row, "pool"), Words.time(row, "ended"), chosen(row), Words.count(row, "entries"),
                        Words.size(row, "bytes"), Words.text(row, "outcome"), Words.count(row, "differences"));
            }
            table.print(root.out());
        }
        return Exit.DONE;
    }

    public static String set(JsonNode row) {
        return Words.text(row, "client") + "/" + Words.text(row, "saveSet");
    }

    static String chosen(JsonNode row) {
        JsonNode sample = row.path("sample");
        return sample.isObject() ? Words.count(sample, "files") + " of " + Words.count(sample, "of") : "all";
    }

    /** Whose data, as it is given. */
    record Whose(String client, String saveSet) {

        /** @throws CommandFailure {@link Exit#USAGE} if nobody knows whose save set it is */
        static Whose of(String client, String saveSet) {
            if (saveSet == null) {
                return new Whose(client, null);
            }
            int slash = saveSet.indexOf('/');
            String whose = slash < 0 ? client : saveSet.substring(0, slash);
            if (whose == null || client != null && !client.equals(whose)) {
                throw CommandFailure.usage("say whose save set it is: --save-set CLIENT/NAME");
            }
            return new Whose(whose, saveSet.substring(slash + 1));
        }
    }
}
