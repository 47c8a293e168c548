package org.azekura.server.pool;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;

/** What the catalog knows of a pool, and what people have laid down for the appliance, as a checkpoint. */
final class WrittenPool {

    private WrittenPool() {}

    /**
     * Gives all pages of it.
     *
     * @param idKey of the pool, to prove who wrote it; null if it is not here
     */
    static void of(CatalogView view, PoolName pool, byte[] idKey, CheckpointWriter.Sink pages) throws BackupException {
        List<ConfigurationItem> configuration = WrittenConfiguration.of(view, KeyRing.parse(view.pool(pool).orElseThrow().keyRing()));
        List<MediaItem> media = WrittenMedia.of(view);
        CheckpointWriter writer = CheckpointWriter.of(pages, Stream.<CheckpointItem>concat(configuration.stream(), media.stream()).toList());
        write(view, pool, writer);
        for (ConfigurationItem item : configuration) {
            writer.add(item);
        }
        for (MediaItem item : media) {
            writer.add(item);
        }
        if (writer.says(new CheckpointItem.Verified(new PackId(0, 0), Instant.EPOCH))) {
            each((Consumer<CheckpointItem.Verified> use) -> view.eachVerified(pool, (pack, at) -> use.accept(new CheckpointItem.Verified(pack, at))), writer::add);
        }
        writer.finish(idKey);
    }

    private static void write(CatalogView view, PoolName pool, CheckpointWriter writer) throws BackupException {
        Pool row = view.pool(pool).orElseThrow();
        PoolName origin = Replicas.origin(view, pool);
        List<Snapshot> snapshots = view.snapshotsIn(pool);
        long lastJob = snapshots.stream().mapToLong(snapshot -> snapshot.job().value()).max().orElse(0);
        writer.add(new CheckpointItem.Head(ApplianceId.parse(view.setting("appliance.id").orElseThrow()), origin, Instant.now(), lastJob,
                row.chunkSizes(), row.compressionLevel(), row.keyRing()));
        for (Volume volume : view.volumes()) {
            if (volume.pool().equals(pool) && volume.isInSet()) {
                writer.add(new CheckpointItem.Volume(volume.id(), volume.label(), volume.barcode()));
            }
        }
        for (Client client : view.clients()) {
            if (snapshots.stream().anyMatch(snapshot -> snapshot.client().equals(client.name()))) {
                writer.add(new CheckpointItem.Client(client.name(), client.trustGroup(), client.signingKey()));
            }
        }
        each(consumer -> view.eachSession(origin, consumer), (Session session) -> writer.add(new CheckpointItem.Session(session.id(), session.sealed())));
        each(consumer -> view.eachPack(pool, consumer), (Pack pack) -> writer.add(new CheckpointItem.Pack(pack.id(), pack.tree(), pack.size(),
                pack.chunks(), pack.volume(), pack.position(), pack.writtenAt(), pack.job() == null ? 0 : pack.job().value())));
        for (Snapshot snapshot : snapshots) {
            writer.add(new CheckpointItem.Snapshot(snapshot.id(), snapshot.stored(), snapshot.warnings()));
        }
        for (Deletion deletion : view.deletions(pool)) {
            writer.add(new CheckpointItem.Deleted(deletion.snapshot()));
        }
    }

    private interface Rows<T> {
        void each(Consumer<T> use) throws BackupException;
    }

    private interface Item<T> {
        void write(T row) throws BackupException;
    }

    private static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1;

        Broken(BackupException cause) {
            super(cause);
        }

        @Override
        public synchronized BackupException getCause() {
            return (BackupException) super.getCause();
        }
    }

    /** Rows come one by one; what goes wrong with one of them ends them. */
    private static <T> void each(Rows<T> rows, Item<T> item) throws BackupException {
        try {
            rows.each(row -> {
                try {
                    item.write(row);
                } catch (BackupException e) {
                    throw new Broken(e);
                }
            });
        } catch (Broken e) {
            throw e.getCause();
        }
    }
}
