package org.azekura.server.pool;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.PoolFigures;
import org.azekura.api.catalog.Session;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.volume.CheckpointItem;
import org.azekura.engine.volume.CheckpointWriter;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.MediaItem;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Edition;
import org.azekura.server.trees.TreeStore;
import org.azekura.wire.MessageCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the catalog knows of a pool on its volume, and what people have laid down for the appliance. A checkpoint says everything anew, so it is written when an eighth of what it says
 * has changed since the last (or {@value #FEW} things, if that is more), or anything that was laid down: all checkpoints of a pool together cost a few
 * times one, and never more than that is left to be read behind the newest.
 */
public final class PoolCheckpoint {

    private static final Logger log = LoggerFactory.getLogger(PoolCheckpoint.class);
    private static final Duration SEND = Duration.ofSeconds(30);
    private static final int FEW = 16;

    private final CatalogStore catalog;
    private final TreeStore trees;
    private final ConnectedNode node;
    private final PoolName pool;

    /** @param trees has the pages that the pool's snapshots need */
    public PoolCheckpoint(CatalogStore catalog, TreeStore trees, ConnectedNode node, PoolName pool) {
        this.catalog = catalog;
        this.trees = trees;
        this.node = node;
        this.pool = pool;
    }

    /**
     * What a checkpoint said of the pool, as a setting keeps it. Packs only come between two: where some go, one is written.
     *
     * @param edition of the configuration that it said
     */
    record Said(PoolFigures figures, long edition) {

        private static final Pattern TEXT = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18})(?: (\\d{1,18}))?");

        /** Null if the text says nothing. */
        static Said parse(String text) {
            Matcher numbers = TEXT.matcher(text);
            return !numbers.matches() ? null : new Said(new PoolFigures(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2)),
                    Long.parseLong(numbers.group(3))), numbers.group(4) == null ? 0 : Long.parseLong(numbers.group(4)));
        }

        static Said of(CatalogView view, PoolName pool) throws BackupException {
            return new Said(view.figures(pool), Edition.of(view));
        }

        /**
         * Whether enough has changed since: eight snapshots that came and eight others that went are sixteen changes. What somebody has laid down is known
         * nowhere else on the media, and is little.
         */
        boolean isFarFrom(Said said) {
            PoolFigures now = said.figures;
            long deleted = Math.abs(now.deletions() - figures.deletions());
            long saved = Math.abs(now.snapshots() - figures.snapshots() + now.deletions() - figures.deletions());
            long changed = Math.abs(now.packs() - figures.packs()) + saved + deleted;
            return said.edition != edition || changed >= Math.max(FEW, (figures.packs() + figures.snapshots()) / 8);
        }

        @Override
        public String toString() {
            return figures.packs() + " " + figures.snapshots() + " " + figures.deletions() + " " + edition;
        }
    }

    /** Writes one after a change that only added. Without one nothing is lost: so a failure is only told. */
    public void writeIfDue() {
        try {
            Said last = catalog.read(view -> view.setting(setting())).map(Said::parse).orElse(null);
            if (last == null || last.isFarFrom(catalog.read(view -> Said.of(view, pool)))) {
                write();
            }
        } catch (BackupException | RuntimeException e) {
            log.warn("pool={} no checkpoint was written, the next backup tries again: {}", pool, e.getMessage());
        }
    }

    /** Writes one after a change that took away: what is gone must not be looked for. A failure is only told, and the next backup writes one. */
    public void writeAfterRemoval() {
        try {
            due(catalog, pool);
            write();
        } catch (BackupException | RuntimeException e) {
            log.warn("pool={} no checkpoint was written after a removal: {}", pool, e.getMessage());
        }
    }

    /** What a pool's last one says is not so any more: whatever ends the caller, the next backup writes another. */
    public static void due(CatalogStore catalog, PoolName pool) throws BackupException {
        catalog.write(edit -> {
            due(edit, pool);
            return null;
        });
    }

    /** The same, with whatever else makes it so. */
    public static void due(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.putSetting(setting(pool), "");
    }

    /** Whether a pool's last one says what is not so any more. */
    public static boolean isDue(CatalogStore catalog, PoolName pool) throws BackupException {
        return catalog.read(view -> view.setting(setting(pool))).map(Said::parse).isEmpty();
    }

    /** Whether a pool's last one says what the pool has now; what people have laid down since does not count. */
    public static boolean isCurrent(CatalogStore catalog, PoolName pool) throws BackupException {
        return catalog.read(view -> {
            Said last = view.setting(setting(pool)).map(Said::parse).orElse(null);
            return last != null && last.figures().equals(view.figures(pool));
        });
    }

    private String setting() {
        return setting(pool);
    }

    private static String setting(PoolName pool) {
        return "checkpoint." + pool;
    }

    /**
     * Writes one in any case; durable at return.
     *
     * @throws BackupException if it is not there
     */
    public void write() throws BackupException {
        register();
        long began = System.nanoTime();
        Said said;
        try (Stream stream = node.open()) {
            stream.send(MessageCodec.encode(new StreamOpening.StoreCheckpoint(pool)), SEND);
            said = catalog.read(view -> {
                List<ConfigurationItem> configuration = WrittenConfiguration.of(view, KeyRing.parse(view.pool(pool).orElseThrow().keyRing()));
                CheckpointWriter.Sink pages = page -> stream.send(page, SEND);
                List<MediaItem> media = WrittenMedia.of(view);
                CheckpointWriter writer = !media.isEmpty() ? CheckpointWriter.withMedia(pages)
                        : configuration.isEmpty() ? new CheckpointWriter(pages) : CheckpointWriter.configured(pages);
                write(view, writer);
                for (ConfigurationItem item : configuration) {
                    writer.add(item);
                }
                for (MediaItem item : media) {
                    writer.add(item);
                }
                writer.finish();
                return Said.of(view, pool);
            });
            stream.endSending();
            if (stream.receive(ConnectedNode.DURABLE) != null) {
                throw BackupException.network("message.unexpected", node.name().value(), "node " + node.name() + " answered a checkpoint with data", null);
            }
        }
        catalog.write(edit -> {
            edit.putSetting(setting(), said.toString());
            return null;
        });
        log.info("pool={} checkpoint written: {} packs, {} snapshots, in {} ms", pool, said.figures.packs(), said.figures.snapshots(),
                (System.nanoTime() - began) / 1_000_000);
    }

    /** Before the checkpoint, so that who finds that has both. */
    private void register() {
        try {
            new RegisterHelp(catalog, trees, node, pool).write();
        } catch (BackupException e) {
            log.warn("pool={} no register was written, the next checkpoint tries again: {}", pool, e.getMessage());
        }
    }

    private void write(CatalogView view, CheckpointWriter writer) throws BackupException {
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
