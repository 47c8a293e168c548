package org.azekura.server.driver;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.api.driver.PublisherTrust;
import org.azekura.server.home.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packages of the changes that this run of the server has taken up, each in a file until its change has ended; what an earlier run has left goes at the
 * start. Thread-safe.
 */
final class PackageShelf {

    private static final Logger log = LoggerFactory.getLogger(PackageShelf.class);

    private final Path folder;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /**
     * What a change works with.
     *
     * @param file null for a removal
     */
    record Held(Path file, PublisherTrust trust) {}

    /** @param folder made if it is not there, and emptied */
    PackageShelf(Path folder) throws BackupException {
        this.folder = folder;
        OwnerOnly.directory(folder);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw OwnerOnly.failed(folder, e);
        }
    }

    /**
     * Takes a package in, out of the hands of who brought it.
     *
     * @param file null for a removal
     * @throws BackupException {@code package.io}: it is where it was
     */
    void put(String change, Path file, PublisherTrust trust) throws BackupException {
        try {
            held.put(change, new Held(file == null ? null : Files.move(file, folder.resolve(change)), trust));
        } catch (IOException e) {
            throw BackupException.device("package.io", file.toString(), "the driver package " + file + " can't be kept in " + folder + ": " + e, e);
        }
    }

    /** Gives a package back of a change that was not begun. */
    void giveBack(String change, Path file) {
        Held kept = held.remove(change);
        try {
            if (kept != null && file != null) {
                Files.move(kept.file, file);
            }
        } catch (IOException e) {
            log.warn("{} can't be given back: {}", kept.file, e.toString());
            delete(kept.file);
        }
    }

    /** Null if it is of an earlier run. */
    Held get(String change) {
        return held.get(change);
    }

    void drop(String change) {
        Held gone = held.remove(change);
        if (gone != null && gone.file != null) {
            delete(gone.file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} can't be deleted; it is when the server starts again: {}", file, e.toString());
        }
    }
}
