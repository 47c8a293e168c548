package org.azekura.cli.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.azekura.api.BackupException;
import org.azekura.cli.command.FreshFile;
import org.azekura.cli.command.Passphrase;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura server twin}: needs no appliance that runs, only the home on this machine. */
@Command(name = "twin", description = {"Makes a second server of the same appliance, which stands by and takes over when the first is gone. Both have one catalog on PostgreSQL.",
        "On the first: --to FILE puts into a file by what hosts, media and users know the server. On the second, before its first start: --from FILE makes its home.",
        "The passphrase (typed, or AZEKURA_PASSPHRASE) protects the file; who has both is this appliance to all its hosts. Delete the file when it was used.",
        "Keys of pools that are made later come to it by themselves, sealed in the catalog."},
        footer = {"", "Example:", "  azekura server twin --to twin.azt", "  azekura server twin --from twin.azt --home /var/lib/azekura"})
public final class TwinCommand implements Callable<Integer> {

    private final Root root;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Way way;

    static final class Way {
        @Option(names = "--to", required = true, paramLabel = "FILE", description = "A new file; readable by its owner only.")
        private Path to;

        @Option(names = "--from", required = true, paramLabel = "FILE", description = "What the first server has made.")
        private Path from;
    }

    public TwinCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        return way.to != null ? make(way.to) : take(way.from);
    }

    private int make(Path file) {
        Path home = root.home();
        try (FreshFile fresh = FreshFile.beside(file)) {
            TwinFiles files = TwinFiles.of(home);
            char[] passphrase = Passphrase.chooseForTwin(root);
            if (passphrase == null || passphrase.length == 0) {
                throw CommandFailure.usage("the file needs a passphrase: type one, or set AZEKURA_PASSPHRASE");
            }
            fresh.publish(files.closed(passphrase));
            Arrays.fill(passphrase, ' ');
            if (files.isCatalogHere()) {
                root.terminal().warn("etc/catalog.json names this very machine as the catalog's host; on the other one, write the address under which it reaches it there");
            }
            tell(file, files, "keep it off both machines, and delete it when it was used");
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot write " + file + ": " + e, e);
        }
        return Exit.DONE;
    }

    private int take(Path file) {
        Path home = root.home();
        try {
            TwinFiles files = TwinFiles.open(TwinFiles.read(file), Passphrase.ask(root));
            files.place(home);
            tell(home, files, "start it with \"azekura up --home " + home + (files.hasTrees() ? " --role server,node" : "") + "\"; it stands by as long as the first leads");
        } catch (BackupException e) {
            throw CommandFailure.failed(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot make the home " + home + " from " + file + ": " + e, e);
        }
        return Exit.DONE;
    }

    private void tell(Path made, TwinFiles files, String then) {
        if (root.json()) {
            root.document(Json.object().put("made", made.toAbsolutePath().toString()).put("files", files.byPath().size()));
        } else {
            root.out().println(made + " is there, with " + files.byPath().size() + " files; " + then);
        }
    }
}
