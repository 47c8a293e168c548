package org.azekura.catalog.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.Failure.Kind;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;

/**
 * Opens a copy of the catalog as the catalog itself would be opened, the schema's new scripts among it, and checks it whole. The catalog stays as it
 * is: a version that fails here leaves to the one before what that can open.
 */
final class Rehearsal {

    private static final List<String> FILES = List.of("", "-wal");

    private final Path catalog;
    private final Path folder;
    private final CatalogFault fault;
    private final List<String> scripts;

    /** @param catalog the file; nobody has it open */
    Rehearsal(Path catalog, List<String> scripts) {
        this.catalog = catalog;
        this.folder = catalog.resolveSibling("rehearsal");
        this.fault = SqliteFault.of(catalog);
        this.scripts = scripts;
    }

    /** @throws BackupException {@code catalog.*}; what the query throws */
    <T> T run(CatalogStore.Query<T> query) throws BackupException {
        clear();
        try {
            Path copy = copy();
            try (SqlStore store = SqliteStore.open(copy, scripts)) {
                return store.read(view -> {
                    requireWhole(copy);
                    return query.run(view);
                });
            }
        } finally {
            clear();
        }
    }

    private Path copy() throws BackupException {
        try {
            if (!Files.isDirectory(catalog.getParent())) {
                throw fault.failure("io", Kind.DEVICE, true, "its folder is not there", null);
            }
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (String end : FILES) {
                Path file = catalog.resolveSibling(catalog.getFileName() + end);
                if (Files.exists(file)) {
                    copy(file, folder.resolve(file.getFileName()));
                }
            }
            return folder.resolve(catalog.getFileName());
        } catch (IOException e) {
            throw fault.failure("io", Kind.DEVICE, true, "it cannot be copied to " + folder + ", where it is tried: " + e, e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ); FileChannel out = FileChannel.open(to,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            long at = 0;
            for (long got = 1; got > 0; at += got) {
                got = in.transferTo(at, in.size() - at, out);
            }
        }
    }

    private void requireWhole(Path copy) throws BackupException {
        try (Sql sql = new DatabaseFile(copy).reader()) {
            List<String> said = sql.transaction("BEGIN DEFERRED", () -> sql.list("PRAGMA integrity_check(3)", row -> row.text(1)));
            if (!said.equals(List.of("ok"))) {
                throw fault.failure("corrupt", Kind.CORRUPT, false, "it is damaged; rebuild it from the media: " + said, null);
            }
        }
    }

    /** Also what a killed process has left. */
    void clear() throws BackupException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw fault.failure("io", Kind.DEVICE, true, folder + " cannot be removed: " + e, e);
        }
    }
}
