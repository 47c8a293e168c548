package org.azekura.catalog.postgresql;

import java.sql.SQLException;
import org.azekura.catalog.sql.CatalogFault.Cause;

/** What PostgreSQL's codes mean (its manual, appendix A). */
final class PostgresFault {

    private PostgresFault() {}

    static Cause cause(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "53100" -> Cause.FULL;
            // a damaged page, a damaged index
            case "XX001", "XX002" -> Cause.CORRUPT;
            // no lock in time, a conflict with another's change, a deadlock
            case "55P03", "40001", "40P01" -> Cause.BUSY;
            // the server is shut down, has crashed, or starts
            case "57P01", "57P02", "57P03" -> Cause.GONE;
            case WriterMark.SUPERSEDED -> Cause.SUPERSEDED;
            default -> state.startsWith("23") ? Cause.CONSTRAINT : state.startsWith("08") ? Cause.GONE : Cause.OTHER;
        };
    }
}
