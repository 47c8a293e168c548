package org.azekura.catalog.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.export.ExportFile;
import org.azekura.catalog.sql.export.Import;
import org.azekura.catalog.sql.export.Intake;
import org.azekura.catalog.sql.export.Moving;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a catalog's file in before the catalog is opened: into a database beside it, which then takes its place. What a killed process has left is done
 * again from the beginning, or, once the new database is whole, from there.
 */
final class SqliteIntake {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteIntake.class);
    private static final List<String> FILES = List.of("", "-wal", "-shm");

    private final Path catalog;
    private final Path made;
    /** The file's name once the new database is whole. */
    private final Path done;
    private final Moving moving;
    private final Intake intake;

    SqliteIntake(Path catalog, Moving moving) {
        this.catalog = catalog;
        this.made = catalog.resolveSibling("import.db");
        this.done = catalog.resolveSibling("import.done");
        this.moving = moving;
        this.intake = moving.intake();
    }

    /** Nobody has the catalog open. */
    void runIfDue() throws BackupException {
        try {
            if (!Files.exists(done)) {
                ExportFile file = intake.waiting();
                if (file == null) {
                    return;
                }
                if (!makes(file)) {
                    return;
                }
                Files.move(intake.file(), done, StandardCopyOption.ATOMIC_MOVE);
                Intake.sync(done.getParent());
            }
            takeItsPlace();
        } catch (IOException e) {
            throw intake.failed(e);
        }
    }

    /** False if it is refused: the appliance is not to stay down for it. */
    private boolean makes(ExportFile file) throws BackupException, IOException {
        try {
            make(file);
            return true;
        } catch (BackupException e) {
            delete(made);
            LOG.error("catalog {}: stays as it is, for what was to be taken in is refused: {}", catalog, e.getMessage());
            intake.refuse(e.getMessage());
            return false;
        }
    }

    private void make(ExportFile file) throws BackupException, IOException {
        if (Files.exists(catalog)) {
            intake.requireEmpty(saved());
        }
        delete(made);
        DatabaseFile database = new DatabaseFile(made);
        List<String> scripts = Schema.scripts();
        int schema = moving.requireKnown(file);
        database.make();
        try (Sql sql = database.writer()) {
            new Schema(database.fault(), scripts.subList(0, schema)).apply(sql);
            sql.transaction("BEGIN IMMEDIATE", () -> {
                Import.run(sql, file, moving.particulars());
                return null;
            });
            new Schema(database.fault(), scripts).apply(sql);
        }
        LOG.info("catalog {}: taken in from {}", catalog, file.name());
    }

    private long saved() throws BackupException {
        DatabaseFile database = new DatabaseFile(catalog);
        try (Sql sql = database.writer()) {
            new Schema(database.fault(), Schema.scripts()).apply(sql);
            return sql.transaction("BEGIN DEFERRED", () -> sql.list(Intake.SAVED, row -> row.number(1)).getFirst());
        }
    }

    /** The log goes first: what it has must not get into the other database. */
    private void takeItsPlace() throws IOException {
        if (Files.exists(made)) {
            for (String end : FILES.reversed()) {
                Files.deleteIfExists(sibling(catalog, end));
            }
            Files.move(made, catalog, StandardCopyOption.ATOMIC_MOVE);
        }
        delete(made);
        Intake.sync(catalog.getParent());
        Files.delete(done);
        Intake.sync(catalog.getParent());
    }

    private static void delete(Path database) throws IOException {
        for (String end : FILES) {
            Files.deleteIfExists(sibling(database, end));
        }
    }

    private static Path sibling(Path database, String end) {
        return database.resolveSibling(database.getFileName() + end);
    }
}
