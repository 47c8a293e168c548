package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.PoolAnswer;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has pools served by their nodes, and knows which can't be. Thread-safe. */
final class PoolService {

    private static final Logger log = LoggerFactory.getLogger(PoolService.class);
    /** A node that has come opens its pools one by one; each may be a big volume. */
    private static final long OPENING_s = 60;

    private final CatalogStore catalog;
    private final Hosts hosts;
    private final PoolVolumes volumes;
    private final DeviceTerms terms;
    private final LostVolumes lost;
    private final Map<PoolName, String> offline = new ConcurrentHashMap<>();
    /** By which connection of its node a pool was opened, or found that it can't be. */
    private final Map<PoolName, ConnectedNode> looked = new HashMap<>();
    /** Whether another server has them served, and this one only goes by it. */
    private volatile boolean ofOthers;
    private final ReentrantLock making = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();

    PoolService(CatalogStore catalog, Hosts hosts, PoolVolumes volumes) {
        this.catalog = catalog;
        this.hosts = hosts;
        this.volumes = volumes;
        this.terms = new DeviceTerms(catalog);
        this.lost = new LostVolumes(catalog, volumes);
    }

    /** Another server has them served: from here on nothing is opened or made anew. */
    void leaveToOthers() {
        ofOthers = true;
    }

    boolean isOfOthers() {
        return ofOthers;
    }

    /** Has a node serve its pools, or some of them. What fails is kept for {@link #offline}; the others are served. */
    void open(ConnectedNode node, Predicate<Pool> which, MediaPools.Alarm alarm) throws BackupException {
        for (Pool pool : catalog.read(PoolService::all)) {
            if (catalog.read(view -> MediaSets.isVoid(view, pool))) {
                continue;
            }
            if (pool.node().equals(node.name()) && which.test(pool)) {
                try {
                    serve(pool, node, alarm);
                } catch (BackupException e) {
                    log.warn("pool={} can't be served by node={}: {}", pool.name(), node.name(), e.getMessage());
                }
            }
        }
    }

    private static List<Pool> all(CatalogView view) throws BackupException {
        List<Pool> all = new ArrayList<>(MediaSets.all(view));
        all.addAll(Replicas.all(view));
        return all;
    }

    /**
     * Tries once more to serve a pool that could not be served: somebody may have mounted its disk.
     *
     * @throws BackupException {@code pool.offline} saying why it can't be served now
     */
    void require(Pool pool, MediaPools.Alarm alarm) throws BackupException {
        if (ofOthers || catalog.read(view -> MediaSets.isVoid(view, pool))) {
            return;
        }
        awaitOpening(pool);
        if (offline.containsKey(pool.name())) {
            try {
                serve(pool, hosts.node(pool.node()), alarm);
            } catch (BackupException e) {
                throw BackupException.operator("pool.offline", pool.name().value(), "pool " + pool.name() + " can't be used: "
                        + e.getMessage());
            }
        }
    }

    /** The node has been asked to open it, however that went. */
    void looked(PoolName pool, ConnectedNode node) {
        lock.lock();
        try {
            looked.put(pool, node);
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A node that has just come is no obstacle. One that takes long, or is away, is told of by who asks it. */
    private void awaitOpening(Pool pool) throws BackupException {
        long left = TimeUnit.SECONDS.toNanos(OPENING_s);
        lock.lock();
        try {
            while (left > 0 && hosts.isConnected(pool.node()) && looked.get(pool.name()) != hosts.node(pool.node())) {
                left = opened.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("pool.offline", pool.name().value(), "interrupted while node " + pool.node() + " opens pool " + pool.name(), e);
        } finally {
            lock.unlock();
        }
    }

    void serve(Pool pool, ConnectedNode node, MediaPools.Alarm alarm) throws BackupException {
        serve(pool, node, alarm, () -> open(pool, node));
    }

    /**
     * Looks whether the volume of a pool that is served is there still, and has it made anew if all of it is gone and its device proves to be where it was.
     *
     * @return whether it was made anew
     * @throws BackupException {@code volume.missing}, {@code volume.quarantined} if it is gone, and can't be made anew by itself
     */
    boolean look(Pool pool, ConnectedNode node, MediaPools.Alarm alarm) throws BackupException {
        if (ofOthers || !lost.isNoted(pool)) {
            return false;
        }
        try {
            lost.note(pool, node);
            return false;
        } catch (BackupException e) {
            if (!LostVolumes.isGone(e)) {
                log.info("pool={} node={} does not say where its volume lies: {}", pool.name(), node.name(), e.getMessage());
                return false;
            }
            serve(pool, node, alarm, () -> lost.remake(pool, node, e));
            return true;
        }
    }

    /** Has the volume of a pool made anew where its device is now, for somebody says so. */
    void remake(Pool pool, ConnectedNode node, MediaPools.Alarm alarm) throws BackupException {
        serve(pool, node, alarm, () -> lost.remake(pool, node));
    }

    private interface Opening {
        PoolAnswer.VolumeReady run() throws BackupException;
    }

    private void serve(Pool pool, ConnectedNode node, MediaPools.Alarm alarm, Opening opening) throws BackupException {
        try {
            PoolAnswer.VolumeReady ready = opening.run();
            PoolVolumes.store(catalog.read(view -> view.pool(pool.name())).orElse(pool), node);
            List<PackId> missing = new PackCensus(catalog, node).take(pool.name(), ready.volume());
            new SessionJudge(catalog, node).judge(pool.name());
            new LeftManifests(catalog, node, pool.name()).remove();
            lost.complete(pool, node);
            offline.remove(pool.name());
            terms.ask(pool, node);
            notePlace(pool, node);
            log.info("pool={} is served by node={} from {}", pool.name(), node.name(), ready.location());
            if (!missing.isEmpty()) {
                alarm.packsMissing(pool, node, missing);
            }
        } catch (BackupException e) {
            if (catalog.read(view -> view.pool(pool.name())).isPresent()) {
                offline.put(pool.name(), e.getMessage());
            }
            throw e;
        } finally {
            looked(pool.name(), node);
        }
    }

    /** Its node has opened it, as somebody else had ordered. */
    void opened(Pool pool, ConnectedNode node) throws BackupException {
        looked(pool.name(), node);
        notePlace(pool, node);
    }

    /** Not of cartridges: those are told by their labels, and reading one may take a robot. */
    private void notePlace(Pool pool, ConnectedNode node) throws BackupException {
        if (!Berth.of(catalog.read(view -> MediaSets.medium(view, pool))).own()) {
            return;
        }
        try {
            lost.note(pool, node);
        } catch (BackupException e) {
            log.info("pool={} node={} does not say where its volume lies: {}", pool.name(), node.name(), e.getMessage());
        }
    }

    /** A volume without a label is of a pool that was cut off in the making, or of one that is being made: its maker comes first. */
    private PoolAnswer.VolumeReady open(Pool pool, ConnectedNode node) throws BackupException {
        if (isLabelled(pool)) {
            try {
                return volumes.open(pool, node, null);
            } catch (BackupException e) {
                return lost.remake(pool, node, e);
            }
        }
        making.lock();
        try {
            return volumes.open(pool, node, isLabelled(pool) ? null : volumes.label(pool.name()));
        } finally {
            making.unlock();
        }
    }

    private boolean isLabelled(Pool pool) throws BackupException {
        return catalog.read(view -> PoolVolumes.first(view, pool.name())).isPresent();
    }

    /** Held by who makes a pool, from before it is in the catalog until its volume has a label. */
    ReentrantLock making() {
        return making;
    }

    /** Writes the pool's key ring on its volume; if that can't be done, the pool can't be used until it is. */
    void storeKeyRing(Pool pool) {
        try {
            PoolVolumes.store(pool, hosts.node(pool.node()));
        } catch (BackupException e) {
            offline.put(pool.name(), "its new key ring is not on the volume yet: " + e.getMessage());
            log.warn("pool={} its new key ring is not on the volume yet: {}", pool.name(), e.getMessage());
        }
    }

    /** No more said of it: the pool is gone. */
    void forget(PoolName name) {
        offline.remove(name);
        lock.lock();
        try {
            looked.remove(name);
        } finally {
            lock.unlock();
        }
    }

    /** Pools that can't be served, and why. */
    Map<PoolName, String> offline() {
        return Map.copyOf(offline);
    }
}
