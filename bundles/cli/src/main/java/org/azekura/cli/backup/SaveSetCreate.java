package org.azekura.cli.backup;

import java.util.concurrent.Callable;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.Exit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura save-set create} */
@Command(name = "create", description = {"Keeps a save set.",
        "", "With --via another client collects, on behalf of CLIENT, which need not run anything: from a mount, a snapshot, or what a hook dumps.",
        "Paths are as on the collecting client; the snapshots are CLIENT's.",
        "", "A hook is a program that the owner of the collecting client has put into the folder hooks of its home, under a plain name. It belongs to root or"
            + " to the client's user, who alone can write it and its folder. It gets no arguments; its environment says AZEKURA_JOB, AZEKURA_CLIENT,"
            + " AZEKURA_SAVE_SET, AZEKURA_PHASE and, for --post, AZEKURA_RESULT. If --pre fails, nothing is saved; --post is called however the backup ends."},
        footer = {"", "Example:", "  azekura save-set create docs --client app --via proxy --include /mnt/app/srv --exclude '*.tmp' --pre mount-app --post umount-app",
            "  azekura save-set create db --client app --dump pg-dump-all"})
final class SaveSetCreate implements Callable<Integer> {

    private final Root root;

    @Parameters(paramLabel = "NAME", description = "Of the save set, unique for its client.")
    private String name;

    @Option(names = "--client", paramLabel = "CLIENT", description = "Whose data it is (default: this host).")
    private String client;

    @Mixin
    private final SavedOptions saved = new SavedOptions();

    SaveSetCreate(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        SaveSetCommands.print(root, root.rest().post("save-sets", saved.whole(name, client)));
        return Exit.DONE;
    }
}
