package org.azekura.felix.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * The first login in a file that a screen beside this process shows: two lines, user and password, and a third if another password
 * was laid down beforehand, why that was not taken; for this user only. It is there while the password
 * opens something and this process runs, and belongs into memory ({@code RuntimeDirectory} of a unit): what is deleted from a disk is still on it.
 */
final class FirstLoginFile {

    /** Asks the catalog for one row. Another server of the same catalog may have seen the login: so it is asked, not told. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Path file;
    private boolean closed;

    /** Takes away what a killed process has left. */
    FirstLoginFile(Path file) throws IOException {
        this.file = file;
        remove();
    }

    synchronized void show(FirstPassword first) throws IOException {
        if (closed) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, first.user() + "\n" + first.password() + "\n" + (first.refused().isEmpty() ? "" : first.refused() + "\n"));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        Thread.ofPlatform().daemon().name("first-login").start(() -> removeOnceUsed(first));
    }

    private void removeOnceUsed(FirstPassword first) {
        try {
            while (!first.used().getAsBoolean()) {
                Thread.sleep(LOOK);
            }
            remove();
        } catch (IOException e) {
            System.err.println("the first login was used, but " + file + " can't be removed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    /** It is gone, and does not come any more. */
    synchronized void close() throws IOException {
        closed = true;
        remove();
    }
}
