package org.azekura.server.job.rebuild;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Session;
import org.azekura.api.transport.Stream;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointProof;
import org.azekura.engine.volume.CheckpointReader;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;
import org.azekura.server.pool.PoolRevival;
import org.azekura.server.pool.RevivedConfiguration;
import org.azekura.server.pool.SessionBook;

/** What a checkpoint tells beyond what lies on the volume: packs and sessions go into the catalog as they come. */
final class VolumeKnowledge {

    private static final Duration FRAME = Duration.ofMinutes(10);
    private static final int BATCH = 2000;

    private final CatalogStore catalog;
    private final PoolRevival.Revived revived;
    private final Set<VolumeId> volumes;
    private final Map<ClientName, TrustGroup> groups = new HashMap<>();
    private final List<Client> clients = new ArrayList<>();
    private final Map<SnapshotId, CheckpointItem.Snapshot> snapshots = new HashMap<>();
    private final Set<SnapshotId> deleted = new HashSet<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<ConfigurationItem> configuration = new ArrayList<>();
    private final List<MediaItem> media = new ArrayList<>();
    private Instant written = Instant.EPOCH;
    private CheckpointProof proof = CheckpointProof.NONE;
    private ChunkSizes sizes;
    private int level;
    private ByteBuffer part = ByteBuffer.allocate(0);

    private interface Row {
        void put(CatalogEdit edit) throws BackupException;
    }

    VolumeKnowledge(CatalogStore catalog, PoolRevival.Revived revived) {
        this.catalog = catalog;
        this.revived = revived;
        this.volumes = new HashSet<>(Set.of(revived.volume()));
    }

    /** An empty stream stands for no checkpoint. */
    void read(Stream stream) throws BackupException {
        ByteBuffer first = stream.receive(FRAME);
        if (first == null) {
            return;
        }
        part = first;
        CheckpointReader reader = new CheckpointReader(into -> fill(stream, into), "checkpoint of pool " + revived.pool().name());
        reader.read(this::item);
        proof = reader.proof();
        flush();
    }

    private void fill(Stream stream, ByteBuffer into) throws BackupException {
        while (into.hasRemaining()) {
            if (!part.hasRemaining()) {
                ByteBuffer next = stream.receive(FRAME);
                if (next == null) {
                    return;
                }
                part = next;
            }
            int length = Math.min(into.remaining(), part.remaining());
            into.put(part.slice(part.position(), length));
            part.position(part.position() + length);
        }
    }

    private void item(CheckpointItem item) throws BackupException {
        switch (item) {
            case CheckpointItem.Head head -> {
                written = head.written();
                sizes = head.chunkSizes();
                level = head.compressionLevel();
            }
            case CheckpointItem.Volume volume -> volume(volume);
            case CheckpointItem.Client client -> {
                groups.put(client.name(), client.trustGroup());
                clients.add(new Client(client.name(), client.trustGroup(), client.signingKey(), null));
            }
            case CheckpointItem.Session session -> row(edit -> SessionBook.enter(edit, new Session(session.id(), revived.pool().name(), session.sealedKey())));
            case CheckpointItem.Pack pack -> {
                if (volumes.contains(pack.volume())) {
                    row(edit -> edit.putPack(new Pack(pack.id(), revived.pool().name(), pack.job() == 0 ? null : new JobId(pack.job()), pack.tree(),
                            pack.size(), pack.chunks(), pack.volume(), pack.position(), pack.writtenAt())));
                }
            }
            case CheckpointItem.Snapshot snapshot -> snapshots.put(snapshot.id(), snapshot);
            case CheckpointItem.Deleted gone -> deleted.add(gone.id());
            case ConfigurationItem laidDown -> configuration.add(laidDown);
            case MediaItem known -> media.add(known);
            case CheckpointItem.Verified verified -> row(edit -> verified(edit, verified));
        }
    }

    /** Nothing was read after the checkpoint was written. */
    private void verified(CatalogEdit edit, CheckpointItem.Verified verified) throws BackupException {
        Pack pack = edit.pack(verified.id(), revived.pool().name()).orElse(null);
        if (pack != null && !verified.at().isAfter(written)) {
            edit.putVerified(pack.id(), pack.volume(), verified.at());
        }
    }

    /** Another cartridge of the pool's, if it is one: it may be in a vault, and what lies on it counts all the same. */
    private void volume(CheckpointItem.Volume volume) throws BackupException {
        if (volume.barcode() == null) {
            return;
        }
        PoolName pool = revived.pool().name();
        boolean isOfPool = catalog.write(edit -> KnownCartridges.put(edit, pool, revived.volume(), volume));
        if (isOfPool) {
            volumes.add(volume.id());
        }
    }

    private void row(Row row) throws BackupException {
        rows.add(row);
        if (rows.size() == BATCH) {
            flush();
        }
    }

    private void flush() throws BackupException {
        catalog.write(edit -> {
            for (Row row : rows) {
                row.put(edit);
            }
            return null;
        });
        rows.clear();
    }

    boolean isDeleted(SnapshotId id) {
        return deleted.contains(id);
    }

    /** What people had laid down when the checkpoint was written; without anything if it does not say. */
    RevivedConfiguration.Found configuration() {
        return new RevivedConfiguration.Found(revived.pool().name(), written, configuration, media, proof, false);
    }

    /** Null if the checkpoint does not know it. */
    CheckpointItem.Snapshot snapshot(SnapshotId id) {
        return snapshots.get(id);
    }

    /** All that the checkpoint knows. */
    Set<SnapshotId> snapshots() {
        return snapshots.keySet();
    }

    /** A client's own key, null if the checkpoint does not know it: it is learned when the client comes. */
    byte[] signingKey(ClientName name) {
        return clients.stream().filter(client -> client.name().equals(name)).map(Client::signingKey).filter(Objects::nonNull).findFirst().orElse(null);
    }

    Map<ClientName, TrustGroup> groups() {
        return groups;
    }

    /** Without a checkpoint the pool is as it was for its last snapshots. */
    void profile(Manifest manifest) {
        if (sizes == null) {
            sizes = manifest.chunkSizes();
            level = manifest.compressionLevel();
        }
    }

    /** Puts clients without snapshots, too, and the pool as it was. */
    void settle(CatalogEdit edit) throws BackupException {
        for (Client client : clients) {
            if (edit.client(client.name()).isEmpty()) {
                edit.putClient(client);
            }
        }
        if (sizes != null) {
            edit.putPool(revived.with(edit.pool(revived.pool().name()).orElseThrow(), sizes, level));
        }
    }
}
