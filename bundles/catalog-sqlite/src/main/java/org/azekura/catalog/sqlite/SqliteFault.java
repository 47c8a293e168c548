package org.azekura.catalog.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.azekura.catalog.sql.CatalogFault;
import org.azekura.catalog.sql.CatalogFault.Cause;
import org.azekura.catalog.sql.CatalogFault.Purpose;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's codes mean. */
final class SqliteFault {

    private SqliteFault() {}

    static CatalogFault of(Path file) {
        return of(file, Purpose.CATALOG);
    }

    static CatalogFault of(Path file, Purpose purpose) {
        return new CatalogFault(file.toString(), purpose, SqliteFault::cause);
    }

    private static Cause cause(SQLException e) {
        // Extended codes carry the primary one in their low byte.
        int code = e instanceof SQLiteException lite ? lite.getResultCode().code & 0xff : e.getErrorCode() & 0xff;
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return Cause.FULL;
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return Cause.CORRUPT;
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return Cause.BUSY;
        }
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code ? Cause.CONSTRAINT : Cause.OTHER;
    }
}
