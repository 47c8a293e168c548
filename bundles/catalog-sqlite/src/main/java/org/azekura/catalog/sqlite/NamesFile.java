package org.azekura.catalog.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.Failure.Kind;
import org.azekura.catalog.sql.Lane;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.Transactions;

/** The names of one pool, in a database file of their own: it can be deleted without a trace in the others. */
final class NamesFile implements AutoCloseable {

    private static final int VERSION = 2;
    private static final int READERS = 2;
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(60);
    private static final List<String> FILES = List.of("", "-wal", "-shm", "-journal");

    private final Transactions writing;
    private final Transactions reading;
    /** Used on the writing thread only. */
    private final NameIds ids = new NameIds();

    private NamesFile(DatabaseFile file) {
        Lane one = new Lane("names-writer", 1, TURN_TIMEOUT, file.fault());
        Lane some = new Lane("names-reader", READERS, TURN_TIMEOUT, file.fault());
        writing = new Transactions(one, "BEGIN IMMEDIATE", file::writer);
        reading = new Transactions(some, "BEGIN DEFERRED", file::reader);
    }

    /** Opens it, or makes an empty one; what is of another version is deleted. */
    static NamesFile open(Path path) throws BackupException {
        DatabaseFile file = DatabaseFile.ofNames(path);
        file.make();
        NamesFile names = new NamesFile(file);
        try {
            if (names.write(NamesFile::version) == VERSION) {
                return names;
            }
        } catch (BackupException e) {
            names.close();
            throw e;
        }
        names.close();
        delete(path);
        file.make();
        NamesFile made = new NamesFile(file);
        try {
            made.write(sql -> {
                sql.script(script());
                sql.update("INSERT INTO book (generation, forgotten, sweep_phase, sweep_at) VALUES (?, 0, 0, 0)", new SecureRandom().nextLong());
                sql.script("PRAGMA user_version = " + VERSION);
                return null;
            });
            return made;
        } catch (BackupException e) {
            made.close();
            throw e;
        }
    }

    private static int version(Sql sql) throws BackupException {
        return sql.list("PRAGMA user_version", row -> row.count(1)).getFirst();
    }

    private static String script() {
        try (InputStream script = NamesFile.class.getResourceAsStream("names.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody has it open. */
    static void delete(Path path) throws BackupException {
        try {
            for (String end : FILES) {
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
            }
        } catch (IOException e) {
            throw DatabaseFile.ofNames(path).fault().failure("io", Kind.DEVICE, true, "it can't be deleted: " + e, e);
        }
    }

    /** What is known of ids holds for the next change only if this one came to its end. */
    <T> T write(Transactions.Steps<T> steps) throws BackupException {
        return writing.run(sql -> {
            try {
                return steps.run(sql);
            } catch (BackupException | RuntimeException e) {
                ids.clear();
                throw e;
            }
        });
    }

    NameIds ids() {
        return ids;
    }

    <T> T read(Transactions.Steps<T> steps) throws BackupException {
        return reading.run(steps);
    }

    /** Waits a bounded time for what has begun. */
    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}
