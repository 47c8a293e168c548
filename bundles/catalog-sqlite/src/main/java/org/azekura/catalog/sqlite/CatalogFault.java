package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failed call of the database means. */
record CatalogFault(Path file, Purpose purpose) {

    /** What a database is for. */
    enum Purpose {
        CATALOG("catalog", "the catalog", "rebuild it from the media"),
        NAMES("names", "the index of names", "it is made anew");

        private final String code;
        private final String noun;
        private final String cure;

        Purpose(String code, String noun, String cure) {
            this.code = code;
            this.noun = noun;
            this.cure = cure;
        }
    }

    CatalogFault(Path file) {
        this(file, Purpose.CATALOG);
    }

    /** Whether the database is of no use any more. */
    static boolean isDamage(BackupException e) {
        return e.failure().kind() == Kind.CORRUPT;
    }

    BackupException of(SQLException e) {
        // Extended codes carry the primary one in their low byte.
        int code = e instanceof SQLiteException lite ? lite.getResultCode().code & 0xff : e.getErrorCode() & 0xff;
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return failure("full", Kind.DEVICE, true, "its disk is full; free some space: " + e.getMessage(), e);
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return failure("corrupt", Kind.CORRUPT, false, "it is damaged; " + purpose.cure + ": " + e.getMessage(), e);
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return failure("busy", Kind.DEVICE, true, "another program holds it locked; close that: " + e.getMessage(), e);
        }
        if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
            return failure("constraint", Kind.BUG, false, "a row contradicts another one, nothing was changed: " + e.getMessage(), e);
        }
        return failure("io", Kind.DEVICE, true, e.getMessage(), e);
    }

    BackupException badRow(String query, RuntimeException e) {
        return failure("corrupt", Kind.CORRUPT, false, "a row of \"" + query + "\" cannot be read: " + e.getMessage(), e);
    }

    BackupException closed() {
        return failure("closed", Kind.DEVICE, true, "it is closed", null);
    }

    BackupException failure(String code, Kind kind, boolean retryable, String why, Throwable cause) {
        String line = purpose.noun + " " + file + ": " + why.replace('\n', ' ');
        return new BackupException(new Failure(purpose.code + "." + code, kind, retryable, file.toString(), line), cause);
    }
}
