package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Locale;
import org.azekura.api.ByteSize;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Query;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.contact.Rows;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura snapshot …} */
@Command(name = "snapshot", description = "What was saved.", footer = {"", "Example:", "  azekura snapshot list"})
public final class SnapshotCommands extends Group {

    private static final String[] ROW = {"id", "client", "saveSet", "time", "files", "bytes"};
    private static final String[] LISTED = {"id", "client", "saveSet", "time", "files", "bytes", "keeps", "pinned", "lockedUntil", "expires", "spread"};

    private final Root root;

    public SnapshotCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = "All snapshots, oldest first.", footer = {"", "Example:", "  azekura snapshot list --client web1"})
    int list(@Option(names = "--client", paramLabel = "CLIENT", description = "Only those of this client.") String client) {
        JsonNode snapshots = root.rest().get(client == null ? "snapshots" : "snapshots?client=" + Rest.encode(client));
        if (root.json()) {
            root.document(Rows.only(snapshots, LISTED));
            return Exit.DONE;
        }
        Table table = new Table("ID", "TIME", "CLIENT", "SAVE SET", "FILES>", "SIZE>", "STAYS BY");
        for (JsonNode snapshot : snapshots) {
            table.row(Words.text(snapshot, "id"), Words.time(snapshot, "time"), Words.text(snapshot, "client"), Words.text(snapshot, "saveSet"),
                    Words.count(snapshot, "files"), Words.size(snapshot, "bytes"), StayWords.why(snapshot));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "show", description = "One snapshot.", footer = {"", "Example:", "  azekura snapshot show 0193b2c4"})
    int show(@Parameters(paramLabel = "ID", description = "Of the snapshot, or its first digits.") String id) {
        JsonNode snapshot = root.rest().get("snapshots/" + Rest.encode(id));
        if (root.json()) {
            root.document(snapshot);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("id", Words.text(snapshot, "id"));
        facts.put("client", Words.text(snapshot, "client"));
        facts.put("save set", Words.text(snapshot, "saveSet"));
        facts.put("pool", Words.text(snapshot, "pool"));
        facts.put("began", Words.time(snapshot, "started"));
        facts.put("complete", Words.time(snapshot, "time"));
        facts.put("files", Words.count(snapshot, "files"));
        facts.put("size", Words.size(snapshot, "bytes"));
        facts.put("stored", Words.size(snapshot, "stored"));
        facts.put("warnings", Words.count(snapshot, "warnings"));
        facts.put("job", Words.text(snapshot, "job"));
        facts.put("compared with", Words.text(snapshot, "parent"));
        facts.put("stays by", StayWords.why(snapshot));
        facts.put("spread", SpreadWords.whole(snapshot.path("spread")));
        snapshot.path("copies").forEach(copy -> facts.put("copy", "in pool " + Words.text(copy, "pool") + " on node " + Words.text(copy, "node") + ", of "
                + Words.time(copy, "time") + (copy.path("damaged").asBoolean() ? ", damaged since" : "")));
        if (snapshot.path("sealed").asBoolean()) {
            facts.put("sealed", "roots, rules and skipped paths; bring the pool's key with \"azekura key import FILE\"");
        }
        snapshot.path("roots").forEach(path -> facts.put("root", PathForm.PLAIN.shown(path.asText())));
        snapshot.path("rules").forEach(rule -> facts.put("rule", (rule.path("include").asBoolean() ? "include " : "exclude ")
                + rule.path("kind").asText().toLowerCase(Locale.ROOT) + " " + rule.path("value").asText()));
        snapshot.path("skipped").forEach(path -> facts.put("skipped", PathForm.PLAIN.shown(path.path("path").asText()) + ": " + path.path("reason").asText()));
        return Exit.DONE;
    }

    @Command(name = "spread", description = {"How far apart the places are in which the newest snapshot of each save set lies, by the rule of 3-2-1.",
            "It is safe if it is whole in two places, which with what was saved are three copies, on two kinds of medium, and one of them is at another site than what was saved"
                    + " (azekura site list); else it is in several places (partly), in one (single), or whole in none (lost)."},
            footer = {"", "Example:", "  azekura snapshot spread"})
    int spread(@Option(names = "--client", paramLabel = "CLIENT", description = "Only what this client saved.") String client) {
        JsonNode newest = root.rest().get("spread" + Query.of("client", client));
        if (root.json()) {
            root.document(newest);
            return Exit.DONE;
        }
        Table table = new Table("CLIENT", "SAVE SET", "NEWEST", "SPREAD", "KINDS", "SITES", "LACKS");
        for (JsonNode row : newest) {
            JsonNode spread = row.path("spread");
            table.row(Words.text(row, "client"), Words.text(row, "saveSet"), Words.text(row, "snapshot"), Words.text(spread, "state"), SpreadWords.kinds(spread),
                    SpreadWords.list(spread.path("sites")), SpreadWords.lacks(spread));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "where", description = "Where a snapshot is read, or a path of it: on which cartridges it lies, which of them are away, how long it waits, what it costs, and why there.",
            footer = {"", "Example:", "  azekura snapshot where 0193b2c4 /srv/data"})
    int where(@Parameters(index = "0", paramLabel = "ID", description = "Of the snapshot, or its first digits.") String id,
            @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Absolute, as saved (default: all).") String path,
            @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain",
                    description = "plain, or percent: %%XX is a byte, in the path given.") PathForm form) {
        JsonNode places = root.rest().get("snapshots/" + Rest.encode(id) + "/where" + (path == null ? "" : "?path=" + Rest.encode(form.absolute(path))));
        if (root.json()) {
            root.document(places);
        } else {
            LyingList.print(root, places);
        }
        return Exit.DONE;
    }

    @Command(name = "ls", description = "A folder of a snapshot, or one file of it.",
            footer = {"", "Example:", "  azekura snapshot ls 0193b2c4 /srv/data"})
    int ls(@Parameters(index = "0", paramLabel = "ID", description = "Of the snapshot, or its first digits.") String id,
            @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "Absolute, as saved (default: /).") String path,
            @Option(names = {"-R", "--recursive"}, description = "With all that is below.") boolean recursive,
            @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain",
                    description = "plain, or percent: %%XX is a byte, in paths given and shown.") PathForm form) {
        new FolderList(root, form).show(id, path == null ? "/" : form.absolute(path), recursive);
        return Exit.DONE;
    }

    @Command(name = "pin", description = {"Has a snapshot stay whatever the rules of policies say; nobody deletes it before it is unpinned.",
            "Without --until and --for it stays until it is unpinned."}, footer = {"", "Example:", "  azekura snapshot pin 0193b2c4 --for 1y --why \"before the move\""})
    int pin(@Parameters(paramLabel = "ID", description = "Of the snapshot, or its first digits.") String id,
            @Option(names = "--until", paramLabel = "TIME", description = "A day like 2027-12-31, or a time like 2027-12-31T18:00:00Z.") String until,
            @Option(names = "--for", paramLabel = "TIME", description = "So long from now on, like 30d or 1y.") String time,
            @Option(names = "--why", paramLabel = "TEXT", description = "For people.") String why) {
        return new PinCommands(root).pin(id, until, time, why);
    }

    @Command(name = "unpin", description = "Leaves a snapshot to the rules of policies again.", footer = {"", "Example:", "  azekura snapshot unpin 0193b2c4"})
    int unpin(@Parameters(paramLabel = "ID", description = "Of the snapshot, or its first digits.") String id) {
        return new PinCommands(root).unpin(id);
    }

    @Command(name = "delete", description = {"Deletes snapshots. Their space returns at the next prune.",
            "Exits 0 if all are deleted, 3 if only some, 1 if none."}, footer = {"", "Example:", "  azekura snapshot delete 0193b2c4"})
    int delete(@Parameters(arity = "1..*", paramLabel = "ID", description = "Of snapshots, or their first digits.") List<String> ids) {
        ArrayNode deleted = Json.array();
        for (String id : ids) {
            try {
                deleted.add(Rows.one(root.rest().delete("snapshots/" + Rest.encode(id)), ROW));
            } catch (CommandFailure e) {
                if (ids.size() == 1 || e.exit() == Exit.UNREACHABLE) {
                    throw e;
                }
                root.terminal().warn(id + " was not deleted: " + e.getMessage());
            }
        }
        if (root.json()) {
            root.document(deleted);
        } else {
            deleted.forEach(snapshot -> root.out().println("snapshot " + Words.text(snapshot, "id") + " deleted"));
        }
        return deleted.size() == ids.size() ? Exit.DONE : deleted.isEmpty() ? Exit.FAILED : Exit.WARNED;
    }

    @Command(name = "find", description = "Files by name, in all snapshots, those among them whose media are away: each version of each file, and which snapshots have it.",
            footer = {"", "Example:", "  azekura snapshot find 'invoice*.pdf'", "  azekura snapshot find '/srv/data/*/report?.txt' --client web1",
                "  azekura snapshot find '*.iso' --smallest 1GiB --below /srv"})
    int find(@Parameters(paramLabel = "PATTERN",
                    description = "A name, or with a slash a whole path; * stands for any characters, ? for one.") String pattern,
            @Option(names = {"-i", "--ignore-case"}, description = "Capital or small letters.") boolean ignoreCase,
            @Option(names = "--client", paramLabel = "CLIENT", description = "Only what this client saved.") String client,
            @Option(names = "--save-set", paramLabel = "NAME", description = "Only what is of this save set.") String saveSet,
            @Option(names = "--below", paramLabel = "PATH", description = "Only what is below this folder.") String below,
            @Option(names = "--type", paramLabel = "TYPE", description = "Only file, directory, symlink, fifo, socket, block or character.") String type,
            @Option(names = "--smallest", paramLabel = "SIZE", description = "Only files of this size or more, like 10MiB.") String smallest,
            @Option(names = "--largest", paramLabel = "SIZE", description = "Only files of this size or less.") String largest,
            @Option(names = "--from", paramLabel = "TIME", description = "Only what was last written then or later, like 2026-01-01T00:00:00Z.") String from,
            @Option(names = "--until", paramLabel = "TIME", description = "Only what was last written before.") String until,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "1000", description = "No more versions than this, at most 10000 (default: ${DEFAULT-VALUE}).") int limit,
            @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain",
                    description = "plain, or percent: %%XX is a byte, in paths shown and given.") PathForm form) {
        StringBuilder address = new StringBuilder("search?name=" + Rest.encode(pattern) + "&ignoreCase=" + ignoreCase);
        String[] names = {"client", "saveSet", "below", "type", "smallest", "largest", "from", "until"};
        Object[] values = {client, saveSet, below == null ? null : form.absolute(below), type, size(smallest), size(largest), from, until};
        for (int i = 0; i < names.length; i++) {
            address.append(values[i] == null ? "" : "&" + names[i] + "=" + Rest.encode(values[i].toString()));
        }
        return new FoundList(root, form).show(address.toString(), limit);
    }

    private static Long size(String text) {
        try {
            return text == null ? null : ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
    }

    @Command(name = "diff", description = "What differs between two snapshots: added, removed, modified, or only its metadata.",
            footer = {"", "Example:", "  azekura snapshot diff 0193b2c4 0193c7f0"})
    int diff(@Parameters(index = "0", paramLabel = "A", description = "The snapshot before, or its first digits.") String before,
            @Parameters(index = "1", paramLabel = "B", description = "The snapshot after, or its first digits.") String now,
            @Option(names = "--path-encoding", paramLabel = "FORM", defaultValue = "plain",
                    description = "plain, or percent: %%XX is a byte, in paths shown.") PathForm form) {
        String address = "snapshots/" + Rest.encode(before) + "/differences";
        String query = "to=" + Rest.encode(now);
        Pages pages = new Pages(root);
        if (root.json()) {
            try (JsonArray array = new JsonArray(root.out())) {
                pages.each(address, query, "differences", row -> array.add(Json.object()
                        .put("path", form.exact(row.path("path").asText())).put("change", row.path("change").asText())));
                array.complete();
            }
        } else {
            pages.each(address, query, "differences", row -> root.out().printf("%-8s  %s%n", row.path("change").asText(), form.shown(row.path("path").asText())));
        }
        return Exit.DONE;
    }
}
