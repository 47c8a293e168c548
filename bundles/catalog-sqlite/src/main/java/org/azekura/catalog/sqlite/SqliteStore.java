package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.catalog.sql.Lane;
import org.azekura.catalog.sql.Sql;
import org.azekura.catalog.sql.SqlStore;
import org.azekura.catalog.sql.Transactions;

/**
 * The catalog in one SQLite file. Write-ahead logging lets readers see the state at their beginning while one writer works;
 * there is one connection that writes and one for each thread that reads.
 */
final class SqliteStore {

    private static final int READERS = 4;
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(60);

    private SqliteStore() {}

    /**
     * Opens the catalog, or makes an empty one; its folder's parent must exist.
     *
     * @throws BackupException {@code catalog.*}
     */
    static SqlStore open(Path path) throws BackupException {
        return open(path, Schema.scripts());
    }

    /** With a schema of these scripts. */
    static SqlStore open(Path path, List<String> scripts) throws BackupException {
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
        return new SqlStore(new Transactions(one, "BEGIN IMMEDIATE", file::writer), new Transactions(some, "BEGIN DEFERRED", file::reader));
    }
}
