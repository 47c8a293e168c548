package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;

/**
 * The catalog in one SQLite file. Write-ahead logging lets readers see the state at their beginning while one writer works;
 * there is one connection that writes and one for each thread that reads.
 */
final class SqliteStore implements CatalogStore, AutoCloseable {

    private static final int READERS = 4;
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(60);

    private final Transactions writing;
    private final Transactions reading;

    private SqliteStore(Transactions writing, Transactions reading) {
        this.writing = writing;
        this.reading = reading;
    }

    /**
     * Opens the catalog, or makes an empty one; its folder's parent must exist.
     *
     * @throws BackupException {@code catalog.*}
     */
    static SqliteStore open(Path path) throws BackupException {
        return open(path, Schema.scripts());
    }

    /** With a schema of these scripts. */
    static SqliteStore open(Path path, List<String> scripts) throws BackupException {
        DatabaseFile file = new DatabaseFile(path);
        Lane one = new Lane("catalog-writer", 1, TURN_TIMEOUT, file.fault());
        try {
            one.run(() -> {
                file.make();
                try (Sql sql = file.writer()) {
                    new Schema(file.fault(), scripts).apply(sql);
                }
                return null;
            });
        } catch (BackupException | RuntimeException e) {
            one.close();
            throw e;
        }
        Lane some = new Lane("catalog-reader", READERS, TURN_TIMEOUT, file.fault());
        return new SqliteStore(new Transactions(one, "IMMEDIATE", file::writer), new Transactions(some, "DEFERRED", file::reader));
    }

    @Override
    public <T> T read(Query<T> query) throws BackupException {
        refuseNesting();
        return reading.run(sql -> query.run(new Reading(sql)));
    }

    @Override
    public <T> T write(Change<T> change) throws BackupException {
        refuseNesting();
        return writing.run(sql -> change.run(new Editing(sql)));
    }

    /** A thread of a lane that waits for a turn on it would wait for itself. */
    private void refuseNesting() {
        if (writing.isCurrent() || reading.isCurrent()) {
            throw new IllegalStateException("within read and write, use the view or edit at hand, not the store");
        }
    }

    /** Calls that have begun are waited for; later ones throw {@code catalog.closed}. */
    @Override
    public void close() {
        reading.close();
        // The last connection that closes writes the log back into the file: let it be one that may.
        writing.close();
    }
}
