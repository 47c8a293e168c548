package org.azekura.catalog.sql;

import java.sql.SQLException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Volume;

/** Pools and what belongs to them as a whole. */
final class PoolRows {

    static final Table POOLS = new Table("pool", 1, 0, "name", "node", "device", "driver", "chunk_min", "chunk_average", "chunk_max",
            "compression_level", "live_percent", "key_ring", "created", "key_exported", "pool_group", "patience");
    static final Table VOLUMES = new Table("volume", 1, 0, "id", "pool", "label", "barcode", "state", "location", "used", "capacity",
            "set_id", "number", "labelled", "written", "why", "errors", "was");
    static final Table SESSIONS = new Table("session", 1, 0, "id", "pool", "sealed", "trust_group");

    private PoolRows() {}

    static Pool pool(Row row) throws SQLException {
        return new Pool(row.text(1, PoolName::new), row.text(2, NodeName::new), row.text(3, DeviceName::new), row.text(4),
                new ChunkSizes(row.count(5), row.count(6), row.count(7)), row.count(8), row.count(9), row.bytes(10), row.instant(11),
                row.instant(12), row.text(13, PoolGroup::new), row.count(14));
    }

    static void put(Sql sql, Pool p) throws BackupException {
        sql.update(POOLS.put(), p.name(), p.node(), p.device(), p.driver(), p.chunkSizes().min(), p.chunkSizes().average(),
                p.chunkSizes().max(), p.compressionLevel(), p.livePercent(), p.keyRing(), p.created(), p.keyExported(), p.group(), p.patience());
    }

    static Volume volume(Row row) throws SQLException {
        return new Volume(row.id(1, VolumeId::read), row.text(2, PoolName::new), row.text(3), row.text(4),
                row.word(5, Volume.State.class), row.text(6), row.number(7), row.number(8), row.id(9, VolumeId::read), row.count(10), row.instant(11),
                row.instant(12), row.text(13), row.count(14), row.absent(15) ? null : row.word(15, Volume.State.class));
    }

    static void put(Sql sql, Volume v) throws BackupException {
        sql.update(VOLUMES.put(), v.id().bytes(), v.pool(), v.label(), v.barcode(), v.state().name(), v.location(), v.used(), v.capacity(),
                v.set().bytes(), v.number(), v.labelled(), v.written(), v.why(), v.errors(),
                v.was() == null ? null : v.was().name());
    }

    static Session session(Row row) throws SQLException {
        return new Session(row.id(1, SessionId::read), row.text(2, PoolName::new), row.bytes(3), row.id(4, TrustGroup::read));
    }

    static void put(Sql sql, Session s) throws BackupException {
        sql.update(SESSIONS.put(), s.id().bytes(), s.pool(), s.sealed(), s.group() == null ? null : s.group().bytes());
    }
}
