package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failed call of the database means. */
record CatalogFault(Path file) {

    BackupException of(SQLException e) {
        // Extended codes carry the primary one in their low byte.
        int code = e instanceof SQLiteException lite ? lite.getResultCode().code & 0xff : e.getErrorCode() & 0xff;
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return failure("catalog.full", Kind.DEVICE, true, "its disk is full; free some space: " + e.getMessage(), e);
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return failure("catalog.corrupt", Kind.CORRUPT, false, "it is damaged; rebuild it from the media: " + e.getMessage(), e);
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return failure("catalog.busy", Kind.DEVICE, true, "another program holds it locked; close that: " + e.getMessage(), e);
        }
        if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
            return failure("catalog.constraint", Kind.BUG, false, "a row contradicts another one, nothing was changed: " + e.getMessage(), e);
        }
        return failure("catalog.io", Kind.DEVICE, true, e.getMessage(), e);
    }

    BackupException badRow(String query, RuntimeException e) {
        return failure("catalog.corrupt", Kind.CORRUPT, false, "a row of \"" + query + "\" cannot be read: " + e.getMessage(), e);
    }

    BackupException closed() {
        return failure("catalog.closed", Kind.DEVICE, true, "it is closed", null);
    }

    BackupException failure(String code, Kind kind, boolean retryable, String why, Throwable cause) {
        String line = "the catalog " + file + ": " + why.replace('\n', ' ');
        return new BackupException(new Failure(code, kind, retryable, file.toString(), line), cause);
    }
}
