package org.azekura.server.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.trees.TreeStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has pools in libraries begin their next media sets, on a cartridge of its own each. One at a time, and none while a pool is made. */
final class SetBeginning {

    private static final Logger log = LoggerFactory.getLogger(SetBeginning.class);
    /** So that the names of its sets, and of their volumes, are none too long. */
    private static final int LONGEST_NAME = 48;
    /** The highest number that was given: none is given twice, for cartridges of a set that is gone bear its name still. */
    private static final String LAST = "pool.sets.";

    private final CatalogStore catalog;
    private final TreeStore trees;
    private final PoolVault vault;
    private final PoolMaking making;
    private final ReentrantLock turn;

    /** @param turn held by who makes a pool */
    SetBeginning(CatalogStore catalog, TreeStore trees, PoolVault vault, PoolMaking making, ReentrantLock turn) {
        this.catalog = catalog;
        this.trees = trees;
        this.vault = vault;
        this.making = making;
        this.turn = turn;
    }

    /**
     * Closes the open set of a pool by having the next one begin. Jobs that fill the one before go on there.
     *
     * @return the set that is open from then on
     * @throws BackupException {@code set.none} if the pool is in no library, {@code set.empty} if nothing is in the open one, {@code set.name}; {@code media.none}; what the
     *                         node says: then the open set is the one that it was
     */
    Pool next(Pool pool, ConnectedNode node) throws BackupException {
        turn.lock();
        return nextInTurn(pool, node);
    }

    /**
     * The same unless another pool or set is being made: that takes as long as a cartridge takes to be labelled, and whoever waits can't be stopped.
     *
     * @return empty, at once, if it was not done
     */
    Optional<Pool> nextUnlessBusy(Pool pool, ConnectedNode node) throws BackupException {
        return turn.tryLock() ? Optional.of(nextInTurn(pool, node)) : Optional.empty();
    }

    /** Lets go of the turn, too. */
    private Pool nextInTurn(Pool pool, ConnectedNode node) throws BackupException {
        Pool before;
        Pool begun;
        try {
            Pool head = catalog.read(view -> view.pool(MediaSets.head(view, pool.name())).orElseThrow());
            before = catalog.read(view -> MediaSets.open(view, head));
            requireDivisible(head, before);
            MediaSet set = catalog.read(view -> following(view, head.name()));
            boolean blank = catalog.read(view -> view.mediaRules(head.name())).blank();
            Pool row = new Pool(set.name(), head.node(), head.device(), head.driver(), head.chunkSizes(), head.compressionLevel(), head.livePercent(), head.keyRing(),
                    Instant.now(), head.keyExported());
            begun = making.begin(row, Berth.of(row), node, new PoolMaking.Cartridges(catalog.read(view -> offered(view, head)), blank), edit -> {
                edit.putPool(row);
                edit.putMediaSet(set);
                edit.putSetting(LAST + head.name(), Integer.toString(set.number()));
                takeAlong(edit, head, row);
                return null;
            });
            log.info("pool={} set {} begins", head.name(), set.number());
        } finally {
            turn.unlock();
        }
        // Another job may have one written for hours, and no pool of any node is to wait for that.
        new PoolCheckpoint(catalog, trees, vault, node, before.name()).writeAfterRemoval();
        return begun;
    }

    /**
     * Of the sets of a node's pools whose beginning was cut off each begins, on the cartridge that was chosen or else on a blank one, or comes to nothing. One whose cartridge
     * can't be looked at, or whose library does not answer, stays as it is, and is tried again.
     */
    void goOn(ConnectedNode node) throws BackupException {
        for (Pool row : catalog.read(view -> unbegun(view, node.name()))) {
            turn.lock();
            try {
                if (catalog.read(view -> unbegun(view, node.name()).stream().anyMatch(one -> one.name().equals(row.name())))) {
                    making.goOn(row, Berth.of(row), node, catalog.read(view -> view.mediaRules(row.name())).blank());
                }
            } catch (BackupException e) {
                log.warn("pool={} its beginning was cut off, and it is not open yet: {}", row.name(), e.getMessage());
            } finally {
                turn.unlock();
            }
        }
    }

    private static List<Pool> unbegun(CatalogView view, NodeName node) throws BackupException {
        List<Pool> unbegun = new ArrayList<>();
        for (MediaSet set : view.mediaSets()) {
            Pool row = view.pool(set.name()).orElseThrow();
            if (row.node().equals(node) && PoolVolumes.first(view, set.name()).isEmpty() && !MediaSets.isVoid(view, row)) {
                unbegun.add(row);
            }
        }
        return unbegun;
    }

    void requireDivisible(Pool head, Pool open) throws BackupException {
        if (Berth.of(head).own()) {
            throw BackupException.operator("set.none", head.name().value(), "pool " + head.name() + " is in no library: only pools on cartridges have media sets");
        }
        if (head.name().value().length() > LONGEST_NAME) {
            throw BackupException.operator("set.name", head.name().value(), "the name of pool " + head.name() + " is too long for media sets; they take up to "
                    + LONGEST_NAME + " characters");
        }
        if (catalog.read(view -> MediaSets.packs(view, open.name())) == 0) {
            throw BackupException.operator("set.empty", open.name().value(), "nothing is in the open media set of pool " + head.name() + " yet");
        }
    }

    private static MediaSet following(CatalogView view, PoolName head) throws BackupException {
        int last = view.setting(LAST + head).map(Integer::parseInt).orElse(1);
        for (MediaSet set : view.mediaSets()) {
            last = set.of().equals(head) ? Math.max(last, set.number()) : last;
        }
        MediaSet next = MediaSet.of(head, last + 1);
        if (view.pool(next.name()).isPresent()) {
            throw BackupException.operator("set.name", next.name().value(), "the next media set of pool " + head + " would be called " + next.name()
                    + ", and another pool is called so");
        }
        return next;
    }

    /** First those that were labelled for the pool beforehand. */
    private static List<ScratchVolume> offered(CatalogView view, Pool head) throws BackupException {
        List<ScratchVolume> offered = new ArrayList<>();
        for (Volume volume : prepared(view, head)) {
            offered.add(new ScratchVolume(volume.id(), volume.label(), volume.barcode(), Instant.now(), "it was labelled for pool " + head.name()));
        }
        if (view.mediaRules(head.name()).scratch()) {
            offered.addAll(view.scratchVolumes());
        }
        return offered;
    }

    private static List<Volume> prepared(CatalogView view, Pool head) throws BackupException {
        return prepared(view, MediaSets.of(view, head).stream().map(Pool::name).toList());
    }

    private static List<Volume> prepared(CatalogView view, List<PoolName> sets) throws BackupException {
        return view.volumes().stream().filter(volume -> volume.number() == 0 && volume.state() == Volume.State.SCRATCH && volume.barcode() != null
                && sets.contains(volume.pool())).toList();
    }

    /** Cartridges that were labelled for the pool beforehand are for the open set. */
    static void takeAlong(CatalogEdit edit, Pool head, Pool open) throws BackupException {
        for (Volume volume : prepared(edit, head)) {
            edit.putVolume(volume.of(open.name()));
        }
    }

    /** Those of a set that came to nothing are for the one that is open still. */
    static void giveBack(CatalogEdit edit, PoolName set) throws BackupException {
        Pool row = edit.mediaSet(set).isEmpty() ? null : edit.pool(set).orElse(null);
        if (row != null) {
            PoolName open = MediaSets.open(edit, row).name();
            for (Volume volume : prepared(edit, List.of(set))) {
                edit.putVolume(volume.of(open));
            }
        }
    }
}
