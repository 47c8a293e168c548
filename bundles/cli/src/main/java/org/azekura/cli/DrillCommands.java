package org.azekura.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code azekura drill …} */
@Command(name = "drill", description = "Rehearsals of restores: they show that what was saved comes back.", footer = {"", "Example:", "  azekura drill run 0193b2c4", "  azekura drill list --last"})
final class DrillCommands implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: run, list, show, plan, report, check");
    }
}
