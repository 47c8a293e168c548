package org.azekura.catalog.sqlite;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.names.FoldedName;
import org.azekura.catalog.sql.Sql;

/**
 * Takes away what no snapshot has: versions, then directories, then names, a stretch of numbers at a time. A directory is of no snapshot only if
 * nothing in it is, so none is missed by what goes on being added.
 */
final class NameSweep {

    /** A sweep is worth it whatever is there. */
    static final int DUE = 1_000_000;
    private static final int STRETCH = 20_000;
    /** One is worth it when this part of the snapshots was forgotten. */
    private static final int PART = 10;

    /** A line that is under way has changed nothing that a whole day needs: what it began has no end yet, what it ended ends with a whole day. */
    private static final String VERSIONS = "DELETE FROM version WHERE name > ? AND name <= ? AND NOT EXISTS (SELECT 1 FROM line WHERE line.id = "
            + "CASE WHEN version.dir < 0 THEN -version.dir ELSE (SELECT dir.line FROM dir WHERE dir.id = version.dir) END"
            + " AND (version.last IS NULL OR EXISTS (SELECT 1 FROM day WHERE day.line = line.id AND day.number BETWEEN version.first AND version.last)))";
    private static final String DIRS = "DELETE FROM dir WHERE id > ? AND id <= ? AND NOT EXISTS (SELECT 1 FROM version WHERE version.name = dir.name"
            + " AND version.dir = dir.parent)";
    private static final String NAMES = "SELECT id, bytes FROM name WHERE id > ? AND id <= ? AND NOT EXISTS (SELECT 1 FROM version WHERE version.name = name.id)";

    private final Sql sql;
    private final NameIds ids;

    NameSweep(Sql sql, NameIds ids) {
        this.sql = sql;
        this.ids = ids;
    }

    private record Place(int phase, long at, long forgotten) {}

    boolean go() throws BackupException {
        Place place = sql.list("SELECT sweep_phase, sweep_at, forgotten FROM book", row -> new Place(row.count(1), row.number(2), row.number(3))).getFirst();
        ids.clear();
        return switch (place.phase) {
            case 0 -> begin(place.forgotten);
            case 1 -> on(place, "SELECT coalesce(max(id), 0) FROM name", () -> sql.update(VERSIONS, place.at, place.at + STRETCH));
            case 2 -> on(place, "SELECT coalesce(max(id), 0) FROM dir", () -> sql.update(DIRS, place.at, place.at + STRETCH));
            default -> on(place, "SELECT coalesce(max(id), 0) FROM name", () -> names(place.at, place.at + STRETCH));
        };
    }

    private boolean begin(long forgotten) throws BackupException {
        long days = sql.list("SELECT count(*) FROM day", row -> row.number(1)).getFirst();
        if (forgotten == 0 || forgotten * PART < days) {
            return false;
        }
        sql.update("UPDATE book SET forgotten = 0, sweep_phase = 1, sweep_at = 0");
        return true;
    }

    /** A part of the work. */
    @FunctionalInterface
    private interface Part {
        void run() throws BackupException;
    }

    private boolean on(Place place, String max, Part part) throws BackupException {
        part.run();
        long end = sql.list(max, row -> row.number(1)).getFirst();
        boolean through = place.at + STRETCH >= end;
        int phase = through ? (place.phase + 1) % 4 : place.phase;
        sql.update("UPDATE book SET sweep_phase = ?, sweep_at = ?", phase, through ? 0 : place.at + STRETCH);
        return phase != 0;
    }

    private record Unused(long id, byte[] bytes) {}

    private void names(long from, long to) throws BackupException {
        List<Unused> unused = sql.list(NAMES, row -> new Unused(row.number(1), row.bytes(2)), from, to);
        for (Unused name : unused) {
            sql.update("INSERT INTO gram (gram, rowid, text) VALUES ('delete', ?, ?)", name.id, FoldedName.of(name.bytes));
            sql.update("DELETE FROM name WHERE id = ?", name.id);
        }
    }
}
