package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.util.function.Function;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.Failure.Kind;

/**
 * Says what a failed call of the database means.
 *
 * @param place  where the database is: a file, an address; never a secret
 * @param causes what the database's own codes mean
 */
public record CatalogFault(String place, Purpose purpose, Function<SQLException, Cause> causes) {

    /** What a database is for. */
    public enum Purpose {
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

    /** Why a database refuses; {@code GONE} is the connection, {@code SUPERSEDED} that another server leads. */
    public enum Cause { FULL, CORRUPT, BUSY, CONSTRAINT, GONE, SUPERSEDED, OTHER }

    /** Whether the database is of no use any more. */
    public static boolean isDamage(BackupException e) {
        return e.failure().kind() == Kind.CORRUPT;
    }

    public BackupException of(SQLException e) {
        return switch (causes.apply(e)) {
            case FULL -> failure("full", Kind.DEVICE, true, "its disk is full; free some space: " + e.getMessage(), e);
            case CORRUPT -> failure("corrupt", Kind.CORRUPT, false, "it is damaged; " + purpose.cure + ": " + e.getMessage(), e);
            case BUSY -> failure("busy", Kind.DEVICE, true, "another program holds it locked; close that: " + e.getMessage(), e);
            case CONSTRAINT -> failure("constraint", Kind.BUG, false, "a row contradicts another one, nothing was changed: " + e.getMessage(), e);
            case SUPERSEDED -> failure("superseded", Kind.DEVICE, false, "another server on this catalog has taken over and goes on with what this one had under way;"
                    + " nothing was changed", e);
            case GONE, OTHER -> failure("io", Kind.DEVICE, true, e.getMessage(), e);
        };
    }

    /** @param known the newest that this version has scripts for */
    public BackupException newer(int schema, int known) {
        return failure("newer", Kind.OPERATOR, false, "it has schema " + schema + ", this version of Azekura knows up to " + known
                + "; start the version that wrote it or a newer one (nothing was changed)", null);
    }

    BackupException badRow(String query, RuntimeException e) {
        return failure("corrupt", Kind.CORRUPT, false, "a row of \"" + query + "\" cannot be read: " + e.getMessage(), e);
    }

    BackupException closed() {
        return failure("closed", Kind.DEVICE, true, "it is closed", null);
    }

    /** @param why what is wrong and what would do */
    public BackupException failure(String code, Kind kind, boolean retryable, String why, Throwable cause) {
        String line = purpose.noun + " " + place + ": " + why.replace('\n', ' ');
        return new BackupException(new Failure(purpose.code + "." + code, kind, retryable, place, line), cause);
    }
}
