package org.azekura.server.pool;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.message.Answer;
import org.azekura.api.message.PoolOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Hosts;

/** The volumes for copies: each is a volume of one pool within another pool's volume, made when the first copy goes there. Thread-safe. */
public final class Replicas {

    private static final int LONGEST_NAME = 63;

    private final CatalogStore catalog;
    private final Hosts hosts;
    private final PoolService service;
    private final ReentrantLock making = new ReentrantLock();
    private final SecureRandom random = new SecureRandom();

    Replicas(CatalogStore catalog, Hosts hosts, PoolService service) {
        this.catalog = catalog;
        this.hosts = hosts;
        this.service = service;
    }

    /** Those that hold copies of a pool. */
    public List<Pool> of(PoolName pool) throws BackupException {
        return catalog.read(view -> rows(view, replica -> replica.of().equals(pool)));
    }

    /** Those that lie in a pool's volume. */
    public List<Pool> within(PoolName pool) throws BackupException {
        return catalog.read(view -> rows(view, replica -> replica.within().equals(pool)));
    }

    /** Those whose packs may lie on the media of a set: itself, and the replicas in it. */
    public static List<Pool> onMediaOf(CatalogView view, Pool set) throws BackupException {
        List<Pool> there = new ArrayList<>(List.of(set));
        there.addAll(rows(view, replica -> replica.within().equals(set.name())));
        return there;
    }

    static List<Pool> all(CatalogView view) throws BackupException {
        return rows(view, replica -> true);
    }

    private static List<Pool> rows(CatalogView view, Predicate<Replica> wanted) throws BackupException {
        List<Pool> rows = new ArrayList<>();
        for (Replica replica : view.replicas()) {
            if (wanted.test(replica)) {
                rows.add(view.pool(replica.name()).orElseThrow());
            }
        }
        return rows;
    }

    /** The pool, or set, whose sessions are those of this one: itself, unless it is a replica. */
    public static PoolName origin(CatalogView view, PoolName pool) throws BackupException {
        return view.replica(pool).map(Replica::of).orElse(pool);
    }

    /**
     * That for copies of one pool in another, served; made if there is none, and made anew if it is gone from where it was.
     *
     * @throws BackupException {@code copy.self} if what lies there is the pool's own volume; {@code pool.offline}, {@code node.offline}
     */
    public Pool ensure(Pool of, Pool within, MediaPools.Alarm alarm) throws BackupException {
        making.lock();
        try {
            Pool known = catalog.read(view -> rows(view, replica -> replica.of().equals(of.name()) && replica.within().equals(within.name())))
                    .stream().findFirst().orElse(null);
            Pool replica = known == null ? make(of, within) : known;
            ConnectedNode node = hosts.node(replica.node());
            // First: its node takes one that is gone for open until somebody asks for what lies there.
            service.look(replica, node, alarm);
            // Also one that is served: what became durable there and was never heard of is in the catalog then.
            serve(replica, node, alarm);
            return replica;
        } finally {
            making.unlock();
        }
    }

    private Pool make(Pool of, Pool within) throws BackupException {
        return catalog.write(edit -> {
            PoolName name = name(edit, of.name(), within.name());
            Pool row = new Pool(name, within.node(), within.device(), within.driver(), of.chunkSizes(), of.compressionLevel(), within.livePercent(),
                    of.keyRing(), Instant.now(), of.keyExported());
            edit.putPool(row);
            edit.putReplica(new Replica(name, of.name(), within.name()));
            return row;
        });
    }

    private PoolName name(CatalogView view, PoolName of, PoolName within) throws BackupException {
        String name = of + ".in." + within;
        while (name.length() > LONGEST_NAME || view.pool(new PoolName(name)).isPresent()) {
            name = "copy-" + Long.toHexString(random.nextLong());
        }
        return new PoolName(name);
    }

    /** What can't be what it is meant for is let go of; anything else is tried again by the next copy. */
    private void serve(Pool replica, ConnectedNode node, MediaPools.Alarm alarm) throws BackupException {
        try {
            service.serve(replica, node, alarm);
        } catch (BackupException e) {
            if (e.failure().code().equals(PoolVolumes.SELF)) {
                catalog.write(edit -> {
                    edit.deletePool(replica.name());
                    return null;
                });
                service.forget(replica.name());
                node.ask(new PoolOrder.ClosePool(replica.name()), Answer.Done.class, PoolVolumes.CONFIGURE_TIMEOUT);
            }
            throw e;
        }
    }
}
