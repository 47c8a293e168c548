package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A named pipe through which one program tells one thing, once: nobody has to look again and again whether it did. */
final class Pipe {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path path;
    private final CompletableFuture<String> told = new CompletableFuture<>();

    Pipe(Path path) {
        this.path = path;
        Run.of(LIMIT, "mkfifo", path.toString()).exits(0);
        Thread.ofPlatform().daemon().name("reads " + path).start(this::read);
    }

    /** The opening waits for a writer, for ever if there is none; then only the thread is left. */
    private void read() {
        try {
            told.complete(Files.readString(path).strip());
        } catch (IOException e) {
            told.completeExceptionally(e);
        }
    }

    String await(Duration timeout) throws Exception {
        return told.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** As a shell script names it. */
    @Override
    public String toString() {
        return path.toString();
    }
}
