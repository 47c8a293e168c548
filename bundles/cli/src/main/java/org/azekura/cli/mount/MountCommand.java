package org.azekura.cli.mount;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.azekura.cli.command.ClientDoor;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.job.Run;
import org.azekura.cli.mount.FileSystem;
import org.azekura.cli.mount.Line;
import org.azekura.cli.mount.Mounting;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura mount} */
@Command(name = "mount", description = {"Mounts a snapshot as a read-only file system, until it is unmounted (umount DIR, fusermount3 -u DIR), or Ctrl-C.",
        "", "Files are read from their storage node as they are wanted. The mount is a job: \"azekura job list\" shows it, \"azekura job cancel\" ends it."},
        footer = {"", "Example:", "  azekura mount 0193b2c4 /mnt/yesterday"})
public final class MountCommand implements Callable<Integer> {

    private final Root root;

    @Parameters(index = "0", paramLabel = "ID", description = "Of the snapshot, or its first digits.")
    private String id;

    @Parameters(index = "1", paramLabel = "DIR", description = "An empty directory.")
    private Path directory;

    @Option(names = "--allow-other", description = "Other users see it, too, as far as the saved permissions let them (who is not root needs user_allow_other in /etc/fuse.conf).")
    private boolean other;

    public MountCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (root.elsewhere() != null) {
            throw CommandFailure.usage("a mount is read by the client of a home on this machine; give --home, not --url or AZEKURA_URL");
        }
        Path place = place();
        JsonNode snapshot = root.rest().get("snapshots/" + Rest.encode(id));
        String whole = Words.text(snapshot, "id");
        try (ClientDoor door = ClientDoor.open(root, "mounts"); Line line = Line.on(door.socket())) {
            long job = root.rest().post("jobs", Json.object().put("kind", "mount").put("snapshot", whole).put("stream", door.number())).path("id").asLong();
            if (!line.awaitReady()) {
                throw ended(job);
            }
            // before there is anything to unmount
            warn(job);
            FileSystem mounted = FileSystem.mount(place, "azekura:" + whole, line, Instant.parse(snapshot.path("time").asText()), other);
            tell(whole, place, job);
            return await(mounted, job);
        } catch (IOException e) {
            throw CommandFailure.failed(e.getMessage());
        }
    }

    private Path place() {
        try {
            return Mounting.require(directory);
        } catch (IOException e) {
            throw CommandFailure.usage(e.getMessage());
        }
    }

    /** What can't be read, as far as that is known before anybody reads. */
    private void warn(long job) {
        for (JsonNode line : root.rest().get("jobs/" + job + "/log")) {
            if (Words.text(line, "level").equals("warn")) {
                root.terminal().err().println("azekura: " + Words.text(line, "text"));
            }
        }
        root.terminal().err().flush();
    }

    private void tell(String snapshot, Path place, long job) {
        if (root.json()) {
            root.document(Json.object().put("mounted", place.toString()).put("snapshot", snapshot).put("job", job));
        } else {
            root.out().println("snapshot " + snapshot + " is mounted on " + place + " (job " + job + "); to end it: " + Mounting.end(place));
        }
        root.out().flush();
    }

    private int await(FileSystem mounted, long job) throws InterruptedException {
        Thread interrupted = new Thread(() -> {
            mounted.detach();
            Runtime.getRuntime().halt(Exit.DONE);
        }, "unmount");
        Runtime.getRuntime().addShutdownHook(interrupted);
        boolean wanted = mounted.await();
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException e) {
            interrupted.join();
        }
        if (!wanted) {
            throw ended(job);
        }
        return Exit.DONE;
    }

    /** Why the job ended before the command wanted it to. */
    private CommandFailure ended(long job) {
        JsonNode row;
        try {
            row = root.rest().get("jobs/" + job);
        } catch (CommandFailure e) {
            return new CommandFailure(Exit.UNREACHABLE, "the appliance went away; what was mounted is unmounted", e);
        }
        return new Run(root, row).failure();
    }
}
