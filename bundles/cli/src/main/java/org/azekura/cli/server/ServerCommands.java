package org.azekura.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Exit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code azekura server …} */
@Command(name = "server", description = "The backup server itself.", footer = {"", "Example:", "  azekura server clock"})
public final class ServerCommands extends Group {

    private final Root root;

    private ServerCommands(Root root) {
        this.root = root;
    }

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new ServerCommands(root)).addSubcommand("status", new StatusCommand(root)).addSubcommand("clock", new ClockCommand(root)).addSubcommand("network", new NetworkCommand(root))
                .addSubcommand("twin", new TwinCommand(root));
    }

    @Command(name = "forget", description = {"Forgets a second server that is gone for good: hosts look for it no longer, and nobody is told that it is away.",
            "One that comes again all the same is one again."}, footer = {"", "Example:", "  azekura server forget backup2"})
    int forget(@Parameters(paramLabel = "NAME", description = "Of its host, as \"azekura status\" names it.") String name) {
        JsonNode answer = root.rest().delete("servers/" + Rest.encode(name));
        if (root.json()) {
            root.document(answer);
        } else {
            root.out().println("server " + name + " is forgotten");
        }
        return Exit.DONE;
    }
}
