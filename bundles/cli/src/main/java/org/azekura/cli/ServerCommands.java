package org.azekura.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code azekura server …} */
@Command(name = "server", description = "The backup server itself.", footer = {"", "Example:", "  azekura server clock"})
final class ServerCommands implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: status, clock, network");
    }
}
