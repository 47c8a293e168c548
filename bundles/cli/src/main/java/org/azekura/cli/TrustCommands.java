package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code azekura driver trust …} */
@Command(name = "trust", description = "Whose driver packages are let in.", footer = {"", "Example:", "  azekura driver trust list"})
final class TrustCommands implements Callable<Integer> {

    private static final int MAX_BYTES = 64 << 10;
    private static final String[] KEYS = {"name", "fingerprint", "until", "own"};

    private final Root root;

    TrustCommands(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: add, development, list, remove");
    }

    @Command(name = "list", description = "All publishers who are trusted.", footer = {"", "Example:", "  azekura driver trust list --json"})
    int list() {
        JsonNode publishers = root.rest().get("publishers");
        if (root.json) {
            root.document(Rows.only(publishers, KEYS));
            return Exit.DONE;
        }
        Table table = new Table("NAME", "UNTIL", "OWN", "FINGERPRINT");
        for (JsonNode publisher : publishers) {
            table.row(Words.text(publisher, "name"), Words.time(publisher, "until"), publisher.path("own").asBoolean() ? "yes" : "", Words.text(publisher, "fingerprint"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "add", description = "Lets in packages that are signed with this certificate: who has its key can run code in the appliance.",
            footer = {"", "Example:", "  azekura driver trust add publisher.pub"})
    int add(@Parameters(paramLabel = "FILE.pub", description = "An X.509 certificate in PEM, as azekura driver key writes it.") Path file) {
        JsonNode publisher = root.rest().post("publishers", Json.object().put("certificate", read(file)));
        if (root.json) {
            root.document(Rows.one(publisher, KEYS));
        } else {
            root.out().println("publisher " + Words.text(publisher, "name") + " is trusted: " + Words.text(publisher, "fingerprint"));
        }
        return Exit.DONE;
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw CommandFailure.usage(file + " is no certificate: it has more than 64 KiB");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw CommandFailure.usage("the certificate " + file + " can't be read: " + (e instanceof NoSuchFileException ? "there is no such file" : e.toString()));
        }
    }

    @Command(name = "remove", description = "Lets in nothing more of a publisher; the drivers that are here stay.",
            footer = {"", "Example:", "  azekura driver trust remove \"Example Inc.\""})
    int remove(@Parameters(paramLabel = "NAME-OR-FINGERPRINT", description = "Of the publisher.") String which) {
        JsonNode answer = root.rest().delete("publishers/" + Rest.encode(which));
        if (root.json) {
            root.document(answer);
        } else {
            root.out().println("publisher " + which + " is trusted no longer");
        }
        return Exit.DONE;
    }

    @Command(name = "development", description = {"Shows or sets whether unsigned packages are let in, for who develops a driver. While it is on, azekura status warns."},
            footer = {"", "Example:", "  azekura driver trust development on"})
    int development(@Parameters(arity = "0..1", paramLabel = "on|off", description = "From now on.") String on) {
        if (on != null && !on.equals("on") && !on.equals("off")) {
            throw CommandFailure.usage("development mode is on or off, not \"" + on + "\"");
        }
        JsonNode answer = on == null ? root.rest().get("development") : root.rest().post("development", Json.object().put("on", on.equals("on")));
        if (root.json) {
            root.document(answer);
        } else {
            root.out().println("development mode is " + (answer.path("on").asBoolean() ? "on: unsigned packages are let in" : "off"));
        }
        return Exit.DONE;
    }
}
