package org.azekura.catalog.sql;

import java.sql.SQLException;
import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Snapshot;

/** What was saved, of whom, and where it lies. */
final class SnapshotRows {

    static final Table CLIENTS = new Table("client", 1, 0, "name", "trust_group", "signing_key", "last_seen");
    static final Table PACKS = new Table("pack", 2, 0, "id", "volume", "pool", "job", "tree", "size", "chunks", "position", "written_at", "client");
    static final Table SNAPSHOTS = new Table("snapshot", 1, 1, "id", "job", "pool", "client", "save_set", "root", "parent", "started",
            "received", "files", "bytes", "stored", "warnings", "manifest");

    static final Table DELETIONS = new Table("deletion", 1, 0, "snapshot", "pool", "client", "root", "at");

    private SnapshotRows() {}

    static Deletion deletion(Row row) throws SQLException {
        return new Deletion(row.id(1, SnapshotId::read), row.text(2, PoolName::new), row.text(3, ClientName::new), row.id(4, ChunkId::read),
                row.instant(5));
    }

    static void delete(Sql sql, SnapshotId id, Instant at) throws BackupException {
        sql.update("INSERT INTO deletion (snapshot, pool, client, root, at) SELECT id, pool, client, root, ? FROM snapshot WHERE id = ?"
                + " ON CONFLICT (snapshot) DO UPDATE SET pool = excluded.pool, client = excluded.client, root = excluded.root, at = excluded.at", at, id.bytes());
        sql.update("DELETE FROM snapshot WHERE id = ?", id.bytes());
    }

    static Client client(Row row) throws SQLException {
        return new Client(row.text(1, ClientName::new), row.id(2, TrustGroup::read), row.bytes(3), row.instant(4));
    }

    static void put(Sql sql, Client c) throws BackupException {
        sql.update(CLIENTS.put(), c.name(), c.trustGroup().bytes(), c.signingKey(), c.lastSeen());
    }

    /** The ids of the newest, which an index says alone. */
    static final String NEWEST_IDS = "(SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY client, save_set, pool ORDER BY id DESC) AS n FROM snapshot) AS numbered WHERE n <= ?)";

    static final String NEWEST = "WHERE id IN " + NEWEST_IDS + " ORDER BY id";

    /** Volumes for copies within a pool or one of its sets; takes its name twice. */
    private static final String REPLICAS_WITHIN = "(SELECT pool FROM replica WHERE within = ? OR within IN (SELECT pool FROM media_set WHERE source = ?))";

    /** The newest of each set of a pool, and of those the newest of the pool: only these have to be put in order. */
    static final String NEWEST_UNCOPIED = "WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY client, save_set, coalesce(source, pool) ORDER BY id DESC) AS n"
            + " FROM (SELECT id, client, save_set, pool, row_number() OVER (PARTITION BY client, save_set, pool ORDER BY id DESC) AS n FROM snapshot) AS numbered"
            + " LEFT JOIN (SELECT pool AS behind, source FROM media_set) AS sets ON behind = pool WHERE numbered.n <= ?) AS newest WHERE n <= ?"
            + " AND NOT EXISTS (SELECT 1 FROM snapshot_copy WHERE snapshot = newest.id AND damaged = 0 AND replica IN " + REPLICAS_WITHIN + ")) ORDER BY id";

    static final String IS_IN = "SELECT 1 FROM snapshot AS s WHERE client = ? AND save_set = ? AND (pool = ? OR pool IN (SELECT pool FROM media_set WHERE source = ?)"
            + " OR EXISTS (SELECT 1 FROM snapshot_copy WHERE snapshot = s.id AND replica IN " + REPLICAS_WITHIN + "))";

    /** The sum comes from an index alone. */
    static final String QUOTAS = "SELECT name, quota, (SELECT coalesce(sum(size), 0) FROM pack WHERE pack.client = client.name) FROM client ";

    static Quota quota(Row row) throws SQLException {
        return new Quota(row.text(1, ClientName::new), row.number(2), row.number(3));
    }

    static Pack pack(Row row) throws SQLException {
        return new Pack(row.id(1, PackId::read), row.text(3, PoolName::new), row.absent(4) ? null : new JobId(row.number(4)), row.flag(5),
                row.number(6), row.count(7), row.id(2, VolumeId::read), row.text(8), row.instant(9), row.text(10, ClientName::new));
    }

    static void put(Sql sql, Pack p) throws BackupException {
        sql.update(PACKS.put(), p.id().bytes(), p.volume().bytes(), p.pool(), p.job() == null ? null : p.job().value(), p.tree(),
                p.size(), p.chunks(), p.position(), p.writtenAt(), p.owner());
    }

    static Snapshot snapshot(Row row) throws SQLException {
        return new Snapshot(row.id(1, SnapshotId::read), new JobId(row.number(2)), row.text(3, PoolName::new), row.text(4, ClientName::new),
                row.text(5, SaveSetName::new), row.id(6, ChunkId::read), row.id(7, SnapshotId::read), row.instant(8), row.instant(9),
                row.number(10), row.number(11), row.number(12), row.count(13), row.bytes(14));
    }

    static void put(Sql sql, Snapshot s) throws BackupException {
        sql.update(SNAPSHOTS.put(), s.id().bytes(), s.job().value(), s.pool(), s.client(), s.saveSet(), s.root().bytes(),
                s.parent() == null ? null : s.parent().bytes(), s.started(), s.received(), s.files(), s.bytes(), s.stored(),
                s.warnings(), s.manifest());
    }
}
