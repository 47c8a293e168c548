package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pin;
import org.azekura.api.device.BlobLock;

/** What stays, and for how long. */
final class RetentionRows {

    static final Table PINS = new Table("pin", 1, 0, "snapshot", "since", "until", "why");
    static final Table LOCKS = new Table("retention_lock", 1, 0, "pool", "seconds");

    private RetentionRows() {}

    static Pin pin(Row row) throws SQLException {
        return new Pin(row.id(1, SnapshotId::read), row.instant(2), row.instant(3), row.text(4));
    }

    static void put(Sql sql, Pin pin) throws BackupException {
        sql.update(PINS.put(), pin.snapshot().bytes(), pin.since(), pin.until(), pin.why());
    }

    static Map.Entry<PackId, BlobLock> locked(Row row) throws SQLException {
        return Map.entry(row.id(1, PackId::read), new BlobLock(row.text(2, BlobLock.Mode::of), Instant.ofEpochSecond(row.number(3))));
    }

    static void putLock(Sql sql, PoolName pool, Duration time) throws BackupException {
        sql.update(LOCKS.put(), pool, time.toSeconds());
    }
}
