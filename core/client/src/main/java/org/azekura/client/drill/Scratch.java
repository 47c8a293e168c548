package org.azekura.client.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where rehearsals restore to: a folder of the client's home, which no backup saves, mode 0700. Each job has a folder of its own there. What a process left
 * that was killed is removed at the next start. Safe for any number of threads.
 */
public final class Scratch {

    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    private static final int OWNER = 0700;

    private final Path folder;
    private final Thread sweeper;

    private Scratch(Path folder, List<Path> left) {
        this.folder = folder;
        this.sweeper = Thread.ofPlatform().daemon().name("client clears its scratch place").unstarted(() -> left.forEach(this::remove));
    }

    /** Removes what is left there, beside the caller: rehearsals may begin at once. */
    public static Scratch open(Path folder) throws IOException {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        List<Path> left;
        try (Stream<Path> found = Files.list(folder)) {
            left = found.map(Path::toAbsolutePath).toList();
        }
        Scratch scratch = new Scratch(folder.toAbsolutePath(), left);
        scratch.sweeper.start();
        return scratch;
    }

    Thread sweeper() {
        return sweeper;
    }

    /** A new folder. @throws BackupException {@code scratch.unusable} */
    Path begin(JobId job) throws BackupException {
        try {
            return Files.createTempDirectory(folder, "job-" + job + "-"); // made with mode 0700
        } catch (IOException e) {
            throw BackupException.device("scratch.unusable", folder.toString(), "a rehearsal needs the folder " + folder + " of this client: " + e, e);
        }
    }

    /** Bytes that may be written there. */
    long room() throws BackupException {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw BackupException.device("scratch.unusable", folder.toString(), "nobody can tell the room in " + folder + ": " + e, e);
        }
    }

    /** @throws BackupException {@code scratch.unusable} if something of it stays */
    void clear(Path top) throws BackupException {
        try {
            Walk.run(top, new Removal());
        } catch (IOException e) {
            throw BackupException.device("scratch.unusable", top.toString(), "what was restored to " + top + " can't be removed: " + e.getMessage(), e);
        }
    }

    /** What can't be removed is told of in the client's log and tried again at the next start. */
    void remove(Path top) {
        try {
            if (Files.isDirectory(top, LinkOption.NOFOLLOW_LINKS)) {
                Walk.run(top, new Removal());
            }
            Files.deleteIfExists(top);
        } catch (IOException e) {
            LOG.warn("the scratch folder {} could not be removed, the client's next start tries again: {}", top, e.getMessage());
        }
    }

    static RawPath raw(Path path) {
        return RawPath.of(path.toString());
    }

    private static final class Removal implements Walk.Visitor {
        @Override
        public void entry(Walk.Found found) throws IOException {
            found.in().remove(found.name());
        }

        @Override
        public void directory(Walk.Found found) throws IOException {
            if ((found.stat().mode() & OWNER) != OWNER) {
                open(found.in(), found.name());
            }
        }

        @Override
        public void left(Directory above, byte[] name) throws IOException {
            above.removeDirectory(name);
        }

        private static void open(Directory in, byte[] name) throws IOException {
            try (var held = in.hold(name)) {
                held.inode().chmod(OWNER);
            }
        }
    }
}
