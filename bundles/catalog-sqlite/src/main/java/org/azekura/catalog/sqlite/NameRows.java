package org.azekura.catalog.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.names.NameChange;
import org.azekura.api.names.NameDay;
import org.azekura.api.names.NameLine;
import org.azekura.api.names.NameState;
import org.azekura.catalog.sql.Sql;

/** Changes of the names of a pool. */
final class NameRows {

    private static final int MAX_PROBLEMS = 100;

    private final Sql sql;
    private final NameIds ids;

    NameRows(Sql sql, NameIds ids) {
        this.sql = sql;
        this.ids = ids;
    }

    static List<NameLine> lines(Sql sql) throws BackupException {
        List<NameLine> lines = new ArrayList<>();
        for (long id : sql.list("SELECT id FROM line ORDER BY id", row -> row.number(1))) {
            lines.add(line(sql, id));
        }
        return lines;
    }

    static NameLine line(Sql sql, long id) throws BackupException {
        List<SnapshotId> days = sql.list("SELECT snapshot FROM day WHERE line = ? ORDER BY number", row -> row.id(1, SnapshotId::read), id);
        List<PathProblem> problems = sql.list("SELECT path, reason FROM problem WHERE line = ?", row -> new PathProblem(new RawPath(row.bytes(1)), row.text(2)), id);
        return sql.list("SELECT client, save_set, newest, root, partial, up_to FROM line WHERE id = ?", row -> new NameLine(row.text(1, ClientName::new),
                row.text(2, SaveSetName::new), days, row.id(3, SnapshotId::read), row.id(4, ChunkId::read), row.id(5, SnapshotId::read),
                row.absent(6) ? null : new RawPath(row.bytes(6)), problems), id).getFirst();
    }

    void add(NameDay day, List<NameChange> changes, List<PathProblem> problems) throws BackupException {
        sql.update("INSERT INTO line (client, save_set, number) VALUES (?, ?, 0) ON CONFLICT DO NOTHING", day.client(), day.saveSet());
        long line = sql.list("SELECT id FROM line WHERE client = ? AND save_set = ?", row -> row.number(1), day.client(), day.saveSet()).getFirst();
        long number = 1 + sql.list("SELECT number FROM line WHERE id = ?", row -> row.number(1), line).getFirst();
        ids.learn(sql, changes.stream().map(change -> new RawPath(name(change.path()))).collect(Collectors.toSet()));
        RowBatch versions = new RowBatch(sql, "INSERT INTO version (name, dir, first, type, size, seconds, nanos, look)", 8);
        for (NameChange change : changes) {
            put(line, number, change, versions);
        }
        versions.flush();
        for (PathProblem problem : problems) {
            sql.update("INSERT OR REPLACE INTO problem (line, path, reason) SELECT ?, ?, ? WHERE (SELECT count(*) FROM problem WHERE line = ?) < " + MAX_PROBLEMS, line,
                    problem.path().bytes(), problem.reason(), line);
        }
        if (day.upTo() != null) {
            sql.update("UPDATE line SET partial = ?, up_to = ? WHERE id = ?", day.snapshot().bytes(), day.upTo().bytes(), line);
        } else {
            sql.update("UPDATE line SET number = ?, newest = ?, root = ?, partial = NULL, up_to = NULL WHERE id = ?", number, day.snapshot().bytes(), day.root().bytes(), line);
            sql.update("INSERT INTO day (line, number, snapshot) VALUES (?, ?, ?)", line, number, day.snapshot().bytes());
        }
    }

    private static byte[] name(RawPath path) {
        byte[] bytes = path.bytes();
        return Arrays.copyOfRange(bytes, NameIds.lastSlash(bytes) + 1, bytes.length);
    }

    private void put(long line, long number, NameChange change, RowBatch versions) throws BackupException {
        long dir = ids.dir(sql, line, change.path());
        long name = ids.name(sql, name(change.path()));
        if (change.had()) {
            sql.update("UPDATE version SET last = ? WHERE name = ? AND dir = ? AND last IS NULL", number - 1, name, dir);
        }
        NameState now = change.now();
        if (now != null) {
            versions.add(name, dir, number, now.type().ordinal(), now.size(), now.mtime() == null ? null : now.mtime().getEpochSecond(),
                    now.mtime() == null ? null : now.mtime().getNano(), now.look());
        }
    }

    void forget(Set<SnapshotId> snapshots) throws BackupException {
        for (SnapshotId snapshot : snapshots) {
            sql.update("UPDATE book SET forgotten = forgotten + (SELECT count(*) FROM day WHERE snapshot = ?)", snapshot.bytes());
            sql.update("DELETE FROM day WHERE snapshot = ?", snapshot.bytes());
        }
    }

    /** What is left of it is of no line: its number is never given again. */
    void forget(ClientName client, SaveSetName saveSet) throws BackupException {
        String which = "(SELECT id FROM line WHERE client = ? AND save_set = ?)";
        sql.update("DELETE FROM day WHERE line IN " + which, client, saveSet);
        sql.update("DELETE FROM problem WHERE line IN " + which, client, saveSet);
        sql.update("DELETE FROM line WHERE client = ? AND save_set = ?", client, saveSet);
        sql.update("UPDATE book SET forgotten = " + NameSweep.DUE);
        ids.clear();
    }
}
