package org.azekura.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura save-set …} */
@Command(name = "save-set", description = "What is saved of a client, defined once and saved many times.",
        footer = {"", "Example:", "  azekura save-set create docs --include /srv/docs", "  azekura backup --name docs"})
public final class SaveSetCommands extends Group {

    private final Root root;

    private SaveSetCommands(Root root) {
        this.root = root;
    }

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new SaveSetCommands(root)).addSubcommand("create", new SaveSetCreate(root)).addSubcommand("change", new SaveSetChange(root));
    }

    @Command(name = "list", description = "All save sets.", footer = {"", "Example:", "  azekura save-set list --client app"})
    int list(@Option(names = "--client", paramLabel = "CLIENT", description = "Only this client's.") String client) {
        JsonNode sets = root.rest().get(client == null ? "save-sets" : "save-sets?client=" + Rest.encode(client));
        if (root.json()) {
            root.document(sets);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "CLIENT", "VIA", "SAVED", "HOOKS");
        for (JsonNode set : sets) {
            table.row(Words.text(set, "name"), Words.text(set, "client"), Words.text(set, "via"), saved(set), hooks(set));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    private static String saved(JsonNode set) {
        List<String> paths = new ArrayList<>();
        set.path("paths").forEach(path -> paths.add(PathForm.PLAIN.shown(path.asText())));
        return paths.isEmpty() ? "/" + Words.text(set, "dump") : String.join(" ", paths);
    }

    private static String hooks(JsonNode set) {
        List<String> hooks = new ArrayList<>();
        for (String phase : List.of("pre", "post", "dump")) {
            if (!Words.text(set, phase).isEmpty()) {
                hooks.add(phase + "=" + Words.text(set, phase));
            }
        }
        return String.join(" ", hooks);
    }

    @Command(name = "show", description = "One save set.", footer = {"", "Example:", "  azekura save-set show docs --client app"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the save set.") String name,
            @Option(names = "--client", paramLabel = "CLIENT", description = "Whose (needed if several clients have one of this name).") String client) {
        print(root, root.rest().get(address(name, client)));
        return Exit.DONE;
    }

    @Command(name = "delete", description = "Forgets a save set; its snapshots stay.", footer = {"", "Example:", "  azekura save-set delete docs --client app"})
    int delete(@Parameters(paramLabel = "NAME", description = "Of the save set.") String name,
            @Option(names = "--client", paramLabel = "CLIENT", description = "Whose (needed if several clients have one of this name).") String client) {
        JsonNode set = root.rest().delete(address(name, client));
        if (root.json()) {
            root.document(set);
        } else {
            root.out().println("save set " + Words.text(set, "name") + " of client " + Words.text(set, "client") + " is forgotten; its snapshots are there still");
        }
        return Exit.DONE;
    }

    /** Whose it is may stand before the name, too. */
    static String address(String name, String client) {
        int slash = name.indexOf('/');
        String whose = slash < 0 ? client : name.substring(0, slash);
        String which = name.substring(slash + 1);
        if (client != null && !client.equals(whose)) {
            throw CommandFailure.usage("\"" + name + "\" is of client \"" + whose + "\", and --client says \"" + client + "\"; leave one of them out");
        }
        return "save-sets/" + Rest.encode(which) + (whose == null ? "" : "?client=" + Rest.encode(whose));
    }

    static void print(Root root, JsonNode set) {
        if (root.json()) {
            root.document(set);
            return;
        }
        Facts facts = new Facts(root.out());
        for (String field : new String[] {"name", "client", "via"}) {
            facts.put(field, Words.text(set, field));
        }
        set.path("paths").forEach(path -> facts.put("path", PathForm.PLAIN.shown(path.asText())));
        set.path("rules").forEach(rule -> facts.put(rule.path("include").asBoolean() ? "include" : "exclude", RuleWords.of(rule)));
        if (set.path("oneFileSystem").asBoolean()) {
            facts.put("file systems", "only that of each path");
        }
        for (String phase : List.of("pre", "post", "dump")) {
            facts.put(phase, Words.text(set, phase));
        }
        set.path("proven").forEach(copy -> facts.put("proven", "from pool " + Words.text(copy, "pool") + ": " + (copy.path("job").isIntegralNumber()
                ? Words.time(copy, "time") + ", by job " + Words.text(copy, "job") : "never")));
    }
}
