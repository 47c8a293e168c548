package org.azekura.cli.drill;

import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code azekura drill …} */
@Command(name = "drill", description = "Rehearsals of restores: they show that what was saved comes back.", footer = {"", "Example:", "  azekura drill run 0193b2c4", "  azekura drill list --last"})
public final class DrillCommands extends Group {

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new DrillCommands()).addSubcommand("run", new DrillRun(root)).addSubcommand("list", new DrillList(root)).addSubcommand("show", new DrillShow(root))
                .addSubcommand("plan", new DrillPlanCommands(root)).addSubcommand("report", new DrillReport(root)).addSubcommand("check", new DrillCheck(root));
    }
}
