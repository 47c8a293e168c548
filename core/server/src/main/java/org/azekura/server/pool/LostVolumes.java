package org.azekura.server.pool;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.server.host.ConnectedNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Volumes that are gone as a whole, with their labels. One whose device says that it is the place where the volume was gets its label again, by itself; the packs that
 * it lacks then are healed as any others. It is the same volume: what a backup has brought there meanwhile, and what turns up again, counts. Thread-safe.
 */
record LostVolumes(CatalogStore catalog, PoolVolumes volumes) {

    private static final Logger log = LoggerFactory.getLogger(LostVolumes.class);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** How it shows that there is no label where the volume was. */
    private static final Set<String> GONE = Set.of("volume.unlabelled", "volume.missing", "volume.quarantined");
    /** Of a pool: where its volume was when it was read last. */
    private static final String PLACE = "place.";
    /** Of a pool: its volume has a label again, or may have, and not all that stood beside its packs. */
    private static final String BEGUN = "remade.";

    private static Optional<String> place(CatalogView view, Pool pool) throws BackupException {
        return view.setting(PLACE + pool.name());
    }

    /** Nothing is remembered of a pool that is gone. */
    static void forget(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.deleteSetting(PLACE + pool);
        edit.deleteSetting(BEGUN + pool);
    }

    /**
     * Asks where a volume is that is served, and keeps that.
     *
     * @throws BackupException as its node says; see {@link #isGone}
     */
    void note(Pool pool, ConnectedNode node) throws BackupException {
        String place = node.ask(new PoolOrder.ReadPlace(pool.name()), PoolAnswer.PlaceFound.class, ANSWER).place();
        if (place != null && !catalog.read(view -> place(view, pool)).equals(Optional.of(place))) {
            catalog.write(edit -> {
                edit.putSetting(PLACE + pool.name(), place);
                return null;
            });
        }
    }

    /** Whether the volume is in one of those places that prove themselves. */
    boolean isNoted(Pool pool) throws BackupException {
        return catalog.read(view -> place(view, pool)).isPresent();
    }

    static boolean isGone(BackupException why) {
        return GONE.contains(why.failure().code());
    }

    /**
     * Makes a volume anew that is gone, if it is proven that it was where its device is now.
     *
     * @throws BackupException {@code why} if that can't be proven; else what the node says
     */
    PoolAnswer.VolumeReady remake(Pool pool, ConnectedNode node, BackupException why) throws BackupException {
        String place = catalog.read(view -> place(view, pool)).orElse(null);
        if (place == null || !isGone(why)) {
            throw why;
        }
        return make(pool, node, place);
    }

    /** The same because somebody says so: that nothing else lies there is made sure of all the same. */
    PoolAnswer.VolumeReady remake(Pool pool, ConnectedNode node) throws BackupException {
        return make(pool, node, null);
    }

    private PoolAnswer.VolumeReady make(Pool pool, ConnectedNode node, String place) throws BackupException {
        Volume was = catalog.write(edit -> {
            Volume first = PoolVolumes.first(edit, pool.name()).orElse(null);
            if (first != null) {
                edit.putSetting(BEGUN + pool.name(), "");
                PoolCheckpoint.forget(edit, pool.name());
            }
            return first;
        });
        if (was == null) {
            throw BackupException.operator("volume.unknown", pool.name().value(), "pool " + pool.name() + " has no volume yet that could be made anew");
        }
        PoolAnswer.VolumeReady ready = volumes.remake(pool, node, was, place);
        log.warn("pool={} volume=\"{}\" was gone from {} on node={} and is made anew there; what it had is healed from copies", pool.name(), was.label(), ready.location(), node.name());
        return ready;
    }

    /** Lays down what stands beside packs, where that was begun. */
    void complete(Pool pool, ConnectedNode node) throws BackupException {
        if (catalog.read(view -> view.setting(BEGUN + pool.name())).isEmpty()) {
            return;
        }
        LaidManifests manifests = new LaidManifests(catalog, pool, node);
        for (SnapshotId id : manifests.all()) {
            manifests.lay(id);
        }
        catalog.write(edit -> {
            edit.deleteSetting(BEGUN + pool.name());
            return null;
        });
    }
}
