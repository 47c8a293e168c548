package org.azekura.cli.server;

import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code azekura server …} */
@Command(name = "server", description = "The backup server itself.", footer = {"", "Example:", "  azekura server clock"})
public final class ServerCommands implements Callable<Integer> {

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new ServerCommands()).addSubcommand("status", new StatusCommand(root)).addSubcommand("clock", new ClockCommand(root)).addSubcommand("network", new NetworkCommand(root));
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: status, clock, network");
    }
}
