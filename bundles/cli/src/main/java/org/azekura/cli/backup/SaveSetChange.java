package org.azekura.cli.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura save-set change} */
@Command(name = "change", description = {"Changes what a save set saves, from its next backup on. Its name and its client stay.",
    "What is not given stays as it was. Paths and patterns given take the place of all that were; an empty HOOK is none any more."},
        footer = {"", "Example:", "  azekura save-set change docs --client app --include /srv/docs /srv/wiki --exclude '*.tmp'", "  azekura save-set change docs --pre \"\""})
final class SaveSetChange implements Callable<Integer> {

    private final Root root;

    @Parameters(paramLabel = "NAME", description = "Of the save set.")
    private String name;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Whose (needed if several clients have one of this name).")
    private String client;

    @Option(names = "--no-patterns", description = "Forget all patterns.")
    private boolean noPatterns;

    @Mixin
    private final SavedOptions saved = new SavedOptions();

    SaveSetChange(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        ObjectNode order = saved.changes(noPatterns);
        if (order.isEmpty()) {
            throw CommandFailure.usage("say what is to change, like --include /srv/docs");
        }
        SaveSetCommands.print(root, root.rest().post(SaveSetCommands.address(name, client), order));
        return Exit.DONE;
    }
}
