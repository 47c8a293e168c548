package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.LastReceived;
import org.azekura.api.catalog.Snapshot;

/** Snapshots by when they were received. What goes through all of them reads an index alone: a row has its manifest in it, and a thousand of those are megabytes. */
final class ReceivedRows {

    /** Times of another length are in order as texts only without their last letter: "40Z" is behind "40.5Z", and "40" before "40.5". Indexes have this expression. */
    private static final String AT = "rtrim(received, 'Z')";

    /** Time and id are one text, so that the greatest of a group says both: numbering a group's rows takes three times as long. What is smaller than any letter is between them. */
    private static final String LAST = "SELECT client, save_set, %s AS place, max(" + AT + " || ' ' || hex(id)), min(hex(id)) FROM snapshot AS s %s GROUP BY client, save_set, place"
            + " ORDER BY client, save_set, place";

    private static final String IN_POOLS = LAST.formatted("pool", "");

    /** SQLite takes tables that are joined so in the order in which they are named: copies are looked up, and no row of a snapshot. */
    private static final String IN_REPLICAS = LAST.formatted("replica", "CROSS JOIN snapshot_copy AS c WHERE c.snapshot = s.id");

    private static final String IN_ORDER = "ORDER BY " + AT + ", id LIMIT ?";
    private static final String BEHIND = AT + " >= ? AND (" + AT + " > ? OR id > ?) ";

    private ReceivedRows() {}

    static List<LastReceived> last(Sql sql) throws BackupException {
        List<LastReceived> rows = new ArrayList<>(sql.list(IN_POOLS, ReceivedRows::last));
        rows.addAll(sql.list(IN_REPLICAS, ReceivedRows::last));
        return rows;
    }

    private static LastReceived last(Row row) throws SQLException {
        String[] last = row.text(4).split(" ");
        return new LastReceived(new SaveSetId(row.text(1, ClientName::new), row.text(2, SaveSetName::new)), row.text(3, PoolName::new), SnapshotId.parse(last[1]), Instant.parse(last[0] + "Z"),
                row.text(5, SnapshotId::parse));
    }

    static List<Snapshot> page(Sql sql, ClientName client, Instant since, SnapshotId behind, int limit) throws BackupException {
        String at = since == null ? "" : since.toString().replace("Z", "");
        byte[] id = since == null || behind == null ? new byte[0] : behind.bytes();
        return client == null ? sql.list(SnapshotRows.SNAPSHOTS.list("WHERE " + BEHIND + IN_ORDER), SnapshotRows::snapshot, at, at, id, limit)
                : sql.list(SnapshotRows.SNAPSHOTS.list("WHERE client = ? AND " + BEHIND + IN_ORDER), SnapshotRows::snapshot, client, at, at, id, limit);
    }
}
