package org.azekura.catalog.sql;

import java.sql.SQLException;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.SnapshotCopy;

/** Volumes for copies, and what has a copy there. */
final class CopyRows {

    static final Table REPLICAS = new Table("replica", 1, 0, "pool", "source", "within");
    static final Table COPIES = new Table("snapshot_copy", 2, 0, "snapshot", "replica", "job", "at", "damaged");

    static final String OF_NEWEST = "WHERE snapshot IN " + SnapshotRows.NEWEST_IDS + " ORDER BY snapshot, replica";

    private CopyRows() {}

    static Replica replica(Row row) throws SQLException {
        return new Replica(row.text(1, PoolName::new), row.text(2, PoolName::new), row.text(3, PoolName::new));
    }

    static void put(Sql sql, Replica r) throws BackupException {
        sql.update(REPLICAS.put(), r.name(), r.of(), r.within());
    }

    static SnapshotCopy copy(Row row) throws SQLException {
        return new SnapshotCopy(row.id(1, SnapshotId::read), row.text(2, PoolName::new), new JobId(row.number(3)), row.instant(4), row.flag(5));
    }

    static void put(Sql sql, SnapshotCopy c) throws BackupException {
        sql.update(COPIES.put(), c.snapshot().bytes(), c.replica(), c.job().value(), c.at(), c.damaged());
    }
}
