package org.azekura.cli;

import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code azekura completion} */
@Command(name = "completion", description = "Prints what bash and zsh need to complete commands and options.",
        footer = {"", "Example:", "  source <(azekura completion)"})
final class CompletionCommand implements Callable<Integer> {

    private final Root root;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.out().print(AutoComplete.bash("azekura", spec.root().commandLine()));
        return Exit.DONE;
    }
}
