package org.azekura.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
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
        try {
            // before the key is asked for: an export is written down as done
            if (Files.exists(file) && Files.size(file) > 0) {
                throw CommandFailure.failed(file + " exists and is kept; name a new file");
            }
            String recovery = root.rest().postForText("pools/" + Rest.encode(pool) + "/recovery");
            write(file, recovery.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(Exit.FAILED, "cannot write " + file + ": " + (e instanceof FileAlreadyExistsException ? "it exists" : e.toString()), e);
        }
        if (root.json) {
            root.document(Rest.JSON.createObjectNode().put("pool", pool).put("file", file.toAbsolutePath().toString()));
        } else {
            root.out().println("the recovery file of pool " + pool + " is " + file + "; keep it off this machine");
        }
        return Exit.DONE;
    }

    private static void write(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
