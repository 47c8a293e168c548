package org.azekura.cli.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura notify target …} */
@Command(name = "target", description = "Who is told what happens: people by mail, programs by webhook.", footer = {"", "Example:", "  azekura notify target list"})
final class NoticeTargetCommands extends Group {

    private final Root root;

    NoticeTargetCommands(Root root) {
        this.root = root;
    }

    @Command(name = "create", description = {"Has somebody told from now on.", "Secrets come from a file or AZEKURA_SECRET, and are never shown."}, footer = {"", "Example:",
        "  azekura notify target create mail ops --set host=mail.example.com user=azekura from=azekura@example.com to=ops@example.com --language ja",
        "  azekura notify target create webhook chat --set url=https://chat.example.com/hook --match severity=error code='!job.*'"})
    int create(@Parameters(paramLabel = "mail|webhook", description = "How.") String kind, @Parameters(paramLabel = "NAME", description = "What it is called here.") String name,
            @Mixin NoticeTargetForm form) {
        ObjectNode order = form.fill(root, Json.object().put("name", name).put("kind", kind), kind.equals("mail") ? "password" : "secret");
        return tell(root.rest().post("notifications/targets", order), name + " is told what happens; try it: azekura notify target test " + name);
    }

    private int tell(JsonNode answer, String what) {
        if (root.json()) {
            root.document(answer);
        } else {
            root.out().println(what);
        }
        return Exit.DONE;
    }

    @Command(name = "list", description = "All targets.", footer = {"", "Example:", "  azekura notify target list --json"})
    int list() {
        JsonNode targets = root.rest().get("notifications/targets");
        if (root.json()) {
            root.document(targets);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "KIND", "STATE", "LANGUAGE", "TOLD", "QUIET");
        for (JsonNode target : targets) {
            table.row(Words.text(target, "name"), Words.text(target, "kind"), state(target), Words.text(target, "language"), match(target), Words.text(target, "quiet"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    private static String state(JsonNode target) {
        return target.path("enabled").asBoolean() ? "active" : "disabled";
    }

    private static String match(JsonNode target) {
        List<String> all = new ArrayList<>();
        target.path("match").properties().forEach(field -> field.getValue().forEach(pattern -> all.add(field.getKey() + "=" + pattern.asText())));
        return all.isEmpty() ? "warnings and errors" : String.join(" ", all);
    }

    @Command(name = "show", description = "One target.", footer = {"", "Example:", "  azekura notify target show ops"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the target.") String name) {
        return show(root.rest().get(address(name)));
    }

    private int show(JsonNode target) {
        if (root.json()) {
            root.document(target);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("name", Words.text(target, "name"));
        facts.put("kind", Words.text(target, "kind"));
        facts.put("state", state(target));
        target.path("settings").properties().forEach(one -> facts.put(one.getKey(), one.getKey().equals("ca") ? "given" : one.getValue().asText()));
        target.path("secrets").forEach(one -> facts.put(one.asText(), "set"));
        facts.put("told", match(target));
        facts.put("language", Words.text(target, "language"));
        facts.put("quiet", Words.text(target, "quiet"));
        return Exit.DONE;
    }

    private static String address(String name) {
        return "notifications/targets/" + Rest.encode(name);
    }

    @Command(name = "change", description = "Changes a target; what is not given stays.", footer = {"", "Example:", "  azekura notify target change ops --match severity=error --quiet ''"})
    int change(@Parameters(paramLabel = "NAME", description = "Of the target.") String name, @Mixin NoticeTargetForm form,
            @Option(names = "--disable", description = "Tell it nothing for now; what waits waits on.") boolean disable,
            @Option(names = "--enable", description = "Tell it again.") boolean enable) {
        if (disable && enable) {
            throw CommandFailure.usage("give --disable or --enable, not both");
        }
        ObjectNode order = form.fill(root, Json.object(), null);
        if (disable || enable) {
            order.put("enabled", enable);
        }
        if (order.isEmpty()) {
            throw CommandFailure.usage("say what to change: --set, --ca, --secrets, --match, --language, --quiet, --disable or --enable");
        }
        return show(root.rest().post(address(name), order));
    }

    @Command(name = "test", description = "Sends a test, and says what the receiver answered.", footer = {"", "Example:", "  azekura notify target test ops"})
    int test(@Parameters(paramLabel = "NAME", description = "Of the target.") String name) {
        JsonNode answer = root.rest().post(address(name) + "/test", null);
        return tell(answer, name + " has taken it: " + Words.text(answer, "answer"));
    }

    @Command(name = "delete", description = "Tells somebody no more; what waits is forgotten.", footer = {"", "Example:", "  azekura notify target delete ops"})
    int delete(@Parameters(paramLabel = "NAME", description = "Of the target.") String name) {
        return tell(root.rest().delete(address(name)), name + " is told nothing any more");
    }
}
