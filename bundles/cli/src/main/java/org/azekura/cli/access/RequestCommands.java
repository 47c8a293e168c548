package org.azekura.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.RequestWords;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura request …} */
@Command(name = "request", description = {"Dangerous acts that wait for another admin and for their time: see azekura rule.",
    "A command that was answered by one has done nothing yet: it says so and exits 4."}, footer = {"", "Example:", "  azekura request list"})
public final class RequestCommands extends Group {

    private final Root root;

    public RequestCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = "Requests that have not ended, oldest first.", footer = {"", "Example:", "  azekura request list --all"})
    int list(@Option(names = "--all", description = "Those that have ended, too.") boolean all) {
        JsonNode requests = root.rest().get(all ? "requests" : "requests?open");
        if (root.json()) {
            root.document(requests);
            return Exit.DONE;
        }
        Table table = new Table("REQUEST>", "STATE", "BY", "ASKED", "CONFIRMED BY", "DUE", "WHAT");
        for (JsonNode request : requests) {
            table.row(Words.text(request, "request"), Words.text(request, "state"), Words.text(request, "by"), Words.time(request, "asked"),
                    Words.text(request, "confirmedBy"), Words.time(request, "due"), Words.text(request, "summary"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "show", description = "One request, and what was ordered.", footer = {"", "Example:", "  azekura request show 7"})
    int show(@Parameters(paramLabel = "NUMBER", description = "Of the request.") String number) {
        return one(root.rest().get("requests/" + Rest.encode(number)));
    }

    @Command(name = "confirm", description = "Says as the second person that it may be carried out after its delay. Who asked for it can't.",
            footer = {"", "Example:", "  azekura request confirm 7"})
    int confirm(@Parameters(paramLabel = "NUMBER", description = "Of the request.") String number,
            @Option(names = "--hash", paramLabel = "HEX", description = "Of the order that you have seen: another one is not confirmed.") String hash) {
        return one(root.rest().post("requests/" + Rest.encode(number) + "/confirm", hash == null ? null : Json.object().put("hash", hash)));
    }

    @Command(name = "refuse", description = "Has it never be carried out, also after it was confirmed; for each admin, and for who asked.",
            footer = {"", "Example:", "  azekura request refuse 7 --why \"nobody has talked to me\""})
    int refuse(@Parameters(paramLabel = "NUMBER", description = "Of the request.") String number,
            @Option(names = "--why", paramLabel = "TEXT", description = "For the others.") String why) {
        return one(root.rest().post("requests/" + Rest.encode(number) + "/refuse", why == null ? null : Json.object().put("why", why)));
    }

    @Command(name = "answer", description = "Shows what came of a request of yours, once: a password for once, a recovery file.",
            footer = {"", "Example:", "  azekura request answer 7"})
    int answer(@Parameters(paramLabel = "NUMBER", description = "Of the request.") String number) {
        JsonNode told = root.rest().post("requests/" + Rest.encode(number) + "/answer", null);
        if (root.json()) {
            root.document(told);
        } else {
            root.out().println(Words.text(told, "text").stripTrailing());
        }
        return Exit.DONE;
    }

    private int one(JsonNode request) {
        if (root.json()) {
            root.document(request);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("request", Words.text(request, "request"));
        facts.put("state", RequestWords.state(request));
        facts.put("what", Words.text(request, "summary"));
        for (JsonNode detail : request.path("details")) {
            facts.put("  " + Words.text(detail, "field"), detail(detail));
        }
        facts.put("operation", Words.text(request, "operation"));
        facts.put("object", Words.text(request, "object"));
        if (request.has("order")) {
            facts.put("order", Words.text(request, "order"));
        }
        facts.put("by", Words.text(request, "by") + (Words.text(request, "from").isEmpty() ? "" : " from " + Words.text(request, "from")));
        facts.put("asked", Words.time(request, "asked"));
        facts.put("confirmed by", Words.text(request, "confirmedBy"));
        facts.put("hash", Words.text(request, "hash"));
        return Exit.DONE;
    }

    private static String detail(JsonNode detail) {
        String was = detail.path("was").isNull() ? "" : none(Words.text(detail, "was"));
        String wanted = detail.path("wanted").isNull() ? "" : none(Words.text(detail, "wanted"));
        return was + (was.isEmpty() || wanted.isEmpty() ? "" : " → ") + wanted;
    }

    private static String none(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
