package org.azekura.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura key …} */
@Command(name = "key", description = "Keys of pools.", footer = {"", "Example:", "  azekura key export --pool default --to default.key"})
final class KeyCommands implements Callable<Integer> {

    private final Root root;

    KeyCommands(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: export");
    }

    @Command(name = "export", description = {"Writes the recovery file of a pool: what is needed to read its media without this appliance.",
            "It is secret: keep it off this machine, and not beside the media."},
            footer = {"", "Example:", "  azekura key export --pool default --to /media/usb/default.key"})
    int export(@Option(names = "--pool", required = true, paramLabel = "POOL", description = "Whose key.") String pool,
            @Option(names = "--to", required = true, paramLabel = "FILE", description = "A new file; readable by its owner only.") Path file) {
        if (file.toString().equals("-")) {
            throw CommandFailure.usage("--to takes a file, like /media/usb/default.key: the recovery file is secret and is not printed");
        }
        try (FreshFile fresh = FreshFile.beside(file)) {
            String recovery = root.rest().postForText("pools/" + Rest.encode(pool) + "/recovery");
            fresh.publish(recovery.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot write " + file + ": " + e, e);
        }
        if (root.json) {
            root.document(Rest.JSON.createObjectNode().put("pool", pool).put("file", file.toAbsolutePath().toString()));
        } else {
            root.out().println("the recovery file of pool " + pool + " is " + file + "; keep it off this machine");
        }
        return Exit.DONE;
    }
}
