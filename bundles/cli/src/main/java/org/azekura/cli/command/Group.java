package org.azekura.cli.command;

import java.util.concurrent.Callable;
import org.azekura.cli.text.CommandFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that does nothing itself: others are below it. */
public abstract class Group implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() {
        throw CommandFailure.usage("give a command: " + String.join(", ", spec.subcommands().keySet()));
    }
}
