package org.azekura.cli.server;

import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code azekura server …} */
@Command(name = "server", description = "The backup server itself.", footer = {"", "Example:", "  azekura server clock"})
public final class ServerCommands extends Group {

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new ServerCommands()).addSubcommand("status", new StatusCommand(root)).addSubcommand("clock", new ClockCommand(root)).addSubcommand("network", new NetworkCommand(root))
                .addSubcommand("twin", new TwinCommand(root));
    }
}
