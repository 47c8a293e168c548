package org.azekura.catalog.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.Failure.Kind;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.Sql;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** A database's file: for the appliance's user alone, mode 0600; SQLite gives its two companions the same mode. */
final class DatabaseFile {

    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");
    /** How long a call waits for another program, like a SQLite shell, to let go of the file. */
    private static final int BUSY_TIMEOUT_MS = 10_000;
    /** The write-ahead log shrinks to this many bytes after a large change. */
    private static final int MAX_LOG_BYTES = 16 << 20;

    /** 16 MiB of pages, and as many in the log: names come by the million, in no order, and what is written twice in a row is written once. */
    private static final String LARGE_WRITES = "PRAGMA query_only = OFF; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4096";

    private final Path path;
    private final CatalogFault fault;
    private final SynchronousMode synchronous;

    /** Of a catalog. In WAL mode only FULL syncs at every commit: what is acknowledged survives a power loss. */
    DatabaseFile(Path path) {
        this(path, SqliteFault.of(path), SynchronousMode.FULL);
    }

    private DatabaseFile(Path path, CatalogFault fault, SynchronousMode synchronous) {
        this.path = path;
        this.fault = fault;
        this.synchronous = synchronous;
    }

    /** Of what can be made anew: a power loss may take the latest commits, one after the other from the end. */
    static DatabaseFile ofNames(Path path) {
        return new DatabaseFile(path, SqliteFault.of(path, CatalogFault.Purpose.NAMES), SynchronousMode.NORMAL);
    }

    CatalogFault fault() {
        return fault;
    }

    /** Makes the folder (whose parent must exist) and an empty file, if they are not there. */
    void make() throws BackupException {
        try {
            make(path.getParent());
            try {
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(FILE_MODE)).close();
                sync(path.getParent());
            } catch (FileAlreadyExistsException e) {
                Files.setPosixFilePermissions(path, FILE_MODE);
            }
        } catch (IOException e) {
            throw fault.failure("io", Kind.DEVICE, true, "cannot be made or opened: " + e, e);
        }
    }

    private static void make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER_MODE));
            sync(folder.getParent());
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** A connection that can do everything. */
    Sql writer() throws BackupException {
        return open(synchronous == SynchronousMode.FULL ? "PRAGMA query_only = OFF" : LARGE_WRITES);
    }

    /** A connection that refuses changes. */
    Sql reader() throws BackupException {
        return open("PRAGMA query_only = ON");
    }

    private Sql open(String last) throws BackupException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setJournalSizeLimit(MAX_LOG_BYTES);
        SQLiteDataSource source = new SQLiteDataSource(config);
        // Not through DriverManager, which asks every driver of the JVM and sees only its own class loader's.
        source.setUrl("jdbc:sqlite:" + path);
        Sql sql;
        try {
            sql = new Sql(source.getConnection(), fault);
        } catch (SQLException e) {
            throw fault.of(e);
        }
        try {
            sql.script(last);
            return sql;
        } catch (BackupException | RuntimeException e) {
            sql.close();
            throw e;
        }
    }
}
