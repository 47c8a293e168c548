package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** A folder of a test's own below {@code target}; what was mounted in it is unmounted, then all is deleted. */
final class Workspace implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(8);

    private final Path folder;
    private final Deque<Path> mounts = new ArrayDeque<>();

    Workspace(Class<?> test) throws IOException {
        Path parent = Files.createDirectories(Path.of("target/scenario").toAbsolutePath());
        folder = Files.createTempDirectory(parent, test.getSimpleName());
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    Path directory(String name) throws IOException {
        return Files.createDirectories(path(name));
    }

    /** A file system of a kind that needs no device, for root. */
    Path mount(String kind, String options, String name) throws IOException {
        Path at = directory(name);
        Run.of(LIMIT, "mount", "-t", kind, "-o", options, "azekura-test", at.toString()).exits(0);
        mounts.push(at);
        return at;
    }

    void unmount(Path at) {
        Run.of(LIMIT, "umount", at.toString()).exits(0);
        mounts.remove(at);
    }

    @Override
    public void close() {
        while (!mounts.isEmpty()) {
            unmount(mounts.peek());
        }
        // Paths beyond 4096 bytes are too long for Java; these tools take them.
        Run.of(LIMIT, "chmod", "-R", "u+rwx", folder.toString());
        Run.of(LIMIT, "rm", "-rf", "--one-file-system", folder.toString()).exits(0);
    }
}
