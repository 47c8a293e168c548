package org.azekura.cli.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.azekura.api.server.Publishers;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura driver trust …} */
@Command(name = "trust", description = "Whose driver packages are let in. What runs already goes on, whatever is changed here.",
        footer = {"", "Example:", "  azekura driver trust list"})
final class TrustCommands extends Group {

    private final Root root;

    TrustCommands(Root root) {
        this.root = root;
    }

    @Command(name = "add", description = {"Lets in what this publisher signs.", "Compare the fingerprint with the publisher by another way before you install."},
            footer = {"", "Example:", "  azekura driver trust add ann.pub"})
    int add(@Parameters(paramLabel = "FILE", description = "The publisher's certificate, as \"azekura driver key\" makes it (PEM).") Path file,
            @Option(names = "--name", paramLabel = "NAME", description = "What he is called here (default: as the certificate says).") String name) {
        ObjectNode order = Json.object().put("certificate", text(file));
        Json.putGiven(order, "name", name);
        JsonNode made = send(order, file);
        if (root.json()) {
            root.document(made);
        } else {
            root.out().println("publisher \"" + Words.text(made, "name") + "\" is trusted until " + Words.time(made, "until") + "; fingerprint "
                    + Words.text(made, "fingerprint"));
        }
        return Exit.DONE;
    }

    private JsonNode send(ObjectNode order, Path file) {
        try {
            return root.rest().post("publishers", order);
        } catch (CommandFailure e) {
            throw e.exit() == Exit.USAGE ? e.of(file) : e;
        }
    }

    private static String text(Path file) {
        try {
            if (Files.isDirectory(file) || Files.size(file) > Publishers.MAX_CHARS) {
                throw CommandFailure.usage(file + " is no publisher's certificate: it " + (Files.isDirectory(file) ? "is a folder" : "has " + Files.size(file) + " bytes")
                        + "; give FILE.pub as \"azekura driver key FILE\" makes it");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(Exit.FAILED, "there is no file " + file, e);
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot read " + file + ": " + e, e);
        }
    }

    @Command(name = "list", description = "All who are trusted; expired ones let nothing new in.", footer = {"", "Example:", "  azekura driver trust list --json"})
    int list() {
        JsonNode publishers = root.rest().get("publishers");
        if (root.json()) {
            root.document(publishers);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "STATE", "UNTIL", "SINCE", "BY", "FINGERPRINT");
        for (JsonNode one : publishers) {
            table.row(Words.text(one, "name"), Words.text(one, "state"), Words.time(one, "until"), Words.time(one, "trusted"),
                    one.path("shipped").asBoolean() ? "(comes with Azekura)" : Words.text(one, "by"), Words.text(one, "fingerprint"));
        }
        table.print(root.out());
        tellMode(root);
        return Exit.DONE;
    }

    /** Says it while it is on. */
    static void tellMode(Root root) {
        JsonNode mode = root.rest().get("development-mode");
        if (mode.path("on").asBoolean()) {
            root.out().println(sentence(mode) + "; end it with \"azekura driver trust development off\"");
        }
    }

    private static String sentence(JsonNode mode) {
        boolean on = mode.path("on").asBoolean();
        String since = Words.time(mode, "since");
        return "development mode is " + (on ? "on" : "off") + (since.isEmpty() ? "" : " since " + since + ", by " + Words.text(mode, "by"))
                + ": packages that nobody has signed are " + (on ? "let in" : "refused");
    }

    @Command(name = "remove", description = "Lets in nothing more of a publisher.", footer = {"", "Example:", "  azekura driver trust remove ann"})
    int remove(@Parameters(paramLabel = "NAME", description = "Of the publisher, as the list has it.") String name) {
        JsonNode gone = root.rest().delete("publishers/" + Rest.encode(name));
        if (root.json()) {
            root.document(gone);
        } else {
            root.out().println("publisher \"" + name + "\" is trusted no more; drivers of his that run go on");
        }
        return Exit.DONE;
    }

    @Command(name = "development", description = {"Lets in packages that nobody has signed, for who writes a driver.",
            "\"azekura status\" and \"driver list\" say while it is on since when and by whom; what came in stays, marked as unsigned, when it is off again."},
            footer = {"", "Example:", "  azekura driver trust development off"})
    int development(@Parameters(paramLabel = "on|off", description = "Whether they are let in.") String word) {
        if (!word.equals("on") && !word.equals("off")) {
            throw CommandFailure.usage("development mode is on or off, not \"" + word + "\"");
        }
        JsonNode now = root.rest().post("development-mode", Json.object().put("on", word.equals("on")));
        if (root.json()) {
            root.document(now);
        } else {
            root.out().println(sentence(now));
        }
        return Exit.DONE;
    }
}
