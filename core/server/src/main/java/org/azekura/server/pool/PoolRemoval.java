package org.azekura.server.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PendingVolume;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.catalog.Volume;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.host.Edition;
import org.azekura.server.media.GivenUp;
import org.azekura.server.media.LeftVolumes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes pools that nothing needs any more. What is on their media stays there; cartridges may be labelled anew by other pools. One pool at a time. */
final class PoolRemoval {

    private static final Logger log = LoggerFactory.getLogger(PoolRemoval.class);
    private static final int NAMED = 3;

    private final CatalogStore catalog;
    private final PoolMaking making;
    private final PoolVault vault;
    private final ReentrantLock turn;

    /** @param turn held by who makes a pool */
    PoolRemoval(CatalogStore catalog, PoolMaking making, PoolVault vault, ReentrantLock turn) {
        this.catalog = catalog;
        this.making = making;
        this.vault = vault;
        this.turn = turn;
    }

    /** @throws BackupException {@code pool.used}: what holds it, and what would do; nothing was changed */
    void delete(Pool pool, ConnectedNode node) throws BackupException {
        turn.lock();
        try {
            List<Pool> sets = catalog.read(view -> MediaSets.rows(view, pool));
            List<PoolName> copies = catalog.read(view -> within(view, sets));
            List<Volume> freed = letGo(pool);
            for (PoolName gone : copies) {
                making.closing().close(gone, node);
            }
            for (Pool set : sets) {
                making.withdraw(set.name(), Berth.of(set), node, true);
            }
            log.info("pool={} was deleted; {}", pool.name(), freed.isEmpty() ? "what is on its medium stays there" : freed.size() + " cartridges are scratch");
        } finally {
            turn.unlock();
        }
    }

    /** Takes it out of the catalog; those of its cartridges that are scratch from then on. */
    List<Volume> letGo(Pool pool) throws BackupException {
        return catalog.write(edit -> {
            List<Volume> cartridges = new ArrayList<>();
            requireClosed(edit, pool);
            for (Pool set : MediaSets.rows(edit, pool)) {
                requireFree(edit, set.name());
                owe(edit, set.node(), within(edit, List.of(set)));
                cartridges.addAll(GivenUp.all(edit, set.name(), "its pool " + set.name() + " was deleted"));
                forget(edit, set);
                PoolThaw.forget(edit, set.name());
                vault.going(edit, set.name(), true);
            }
            // what one set's sessions have sealed may be in the server's pages of another
            edit.giveSessions(pool.name(), MediaSets.head(edit, pool.name()));
            edit.deletePool(pool.name());
            Edition.next(edit);
            return cartridges;
        });
    }

    private static void requireClosed(CatalogView view, Pool pool) throws BackupException {
        if (view.mediaSet(pool.name()).isPresent() && MediaSets.open(view, pool).name().equals(pool.name())) {
            throw BackupException.operator("pool.used", pool.name().value(), "set " + pool.name() + " is not deleted, it is the open one of its pool; begin another first: azekura"
                    + " pool cut " + MediaSets.head(view, pool.name()));
        }
    }

    /**
     * A closed set that nothing needs any more goes as a whole; the first leaves its pool's name behind.
     *
     * @param except a job that does not count
     * @param keeping whether the time for which its pool keeps cartridges has passed
     * @return its cartridges that are scratch from then on; empty if it stays
     */
    Optional<List<Volume>> expire(Pool set, ConnectedNode node, JobId except, LeftVolumes.Keeping keeping) throws BackupException {
        // Most have not: nobody waits for a set that is being begun to hear that.
        if (!catalog.read(view -> isExpired(view, set, except, keeping))) {
            return Optional.empty();
        }
        turn.lock();
        try {
            List<PoolName> going = new ArrayList<>(catalog.read(view -> within(view, List.of(set))));
            going.add(set.name());
            Optional<List<Volume>> freed = letExpire(set, except, keeping);
            if (freed.isPresent()) {
                for (PoolName gone : going) {
                    making.closing().close(gone, node);
                }
            }
            return freed;
        } finally {
            turn.unlock();
        }
    }

    /** Takes it out of the catalog if it has expired. */
    Optional<List<Volume>> letExpire(Pool set, JobId except, LeftVolumes.Keeping keeping) throws BackupException {
        return catalog.write(edit -> isExpired(edit, set, except, keeping) ? Optional.of(emptied(edit, set)) : Optional.empty());
    }

    private static boolean isExpired(CatalogView view, Pool set, JobId except, LeftVolumes.Keeping keeping) throws BackupException {
        List<Volume> volumes = view.volumes().stream().filter(volume -> volume.pool().equals(set.name())).toList();
        List<String> holders = new ArrayList<>();
        copies(view, set.name(), holders);
        for (Job job : view.jobs(true)) {
            if (!job.id().equals(except) && (set.name().equals(job.pool()) || job.kind() == Job.Kind.COPY)) {
                return false;
            }
        }
        if (MediaSets.open(view, set).name().equals(set.name()) || volumes.isEmpty() || !holders.isEmpty() || !view.snapshotsIn(set.name()).isEmpty()
                || volumes.stream().anyMatch(volume -> volume.state() == Volume.State.LOCKED)) {
            return false;
        }
        Duration keep = view.mediaRules(set.name()).keep();
        Instant last = volumes.stream().map(volume -> volume.written() == null ? volume.labelled() : volume.written()).filter(Objects::nonNull)
                .max(Comparator.naturalOrder()).orElse(set.created());
        return keep.isZero() || keeping.hasPassed(last, keep);
    }

    private static List<Volume> emptied(CatalogEdit edit, Pool set) throws BackupException {
        PoolName head = MediaSets.head(edit, set.name());
        owe(edit, set.node(), within(edit, List.of(set)));
        owe(edit, set.node(), List.of(set.name()));
        List<Volume> freed = GivenUp.all(edit, set.name(), "its media set " + set.name() + " has expired: nothing in it is needed");
        forget(edit, set);
        if (!head.equals(set.name())) {
            edit.giveSessions(set.name(), head);
            edit.deletePool(set.name());
            return freed;
        }
        for (Volume volume : edit.volumes()) {
            if (volume.pool().equals(head)) {
                edit.deleteVolume(volume.id());
            }
        }
        for (PendingVolume pending : edit.pendingVolumes()) {
            if (pending.pool().equals(head)) {
                edit.deletePending(head, pending.number());
            }
        }
        for (Replica replica : edit.replicas()) {
            if (replica.within().equals(head)) {
                edit.deletePool(replica.name());
            }
        }
        return freed;
    }

    /** Nothing is remembered of what lies in a set that goes. */
    private static void forget(CatalogEdit edit, Pool set) throws BackupException {
        PoolCheckpoint.forget(edit, set.name());
        LostVolumes.forget(edit, set.name());
        OwedLocks.forget(edit, set.name());
        for (PoolName gone : within(edit, List.of(set))) {
            LostVolumes.forget(edit, gone);
            OwedLocks.forget(edit, gone);
        }
    }

    /** The volumes of copies that lie in sets: they go with them. */
    private static List<PoolName> within(CatalogView view, List<Pool> sets) throws BackupException {
        return view.replicas().stream().filter(replica -> sets.stream().anyMatch(set -> set.name().equals(replica.within()))).map(Replica::name).toList();
    }

    private static void owe(CatalogEdit edit, NodeName node, List<PoolName> closings) throws BackupException {
        for (PoolName gone : closings) {
            new OwedClosings(node).add(edit, gone);
        }
    }

    private static void requireFree(CatalogView view, PoolName pool) throws BackupException {
        List<String> holders = new ArrayList<>();
        int snapshots = view.snapshotsIn(pool).size();
        if (snapshots > 0) {
            holders.add(count(snapshots, "snapshot") + " (azekura snapshot delete)");
        }
        List<String> policies = view.policies().stream().filter(policy -> policy.pool().equals(pool) || policy.copyTo().contains(pool)).map(Policy::name)
                .map(Object::toString).toList();
        if (!policies.isEmpty()) {
            holders.add("policies " + named(policies) + " (azekura policy delete)");
        }
        copies(view, pool, holders);
        clients(view, pool, holders);
        List<String> jobs = view.jobs(true).stream().filter(job -> pool.equals(job.pool()) || job.kind() == Job.Kind.COPY).map(job -> job.id().toString()).toList();
        if (!jobs.isEmpty()) {
            holders.add("jobs " + named(jobs) + " that have not ended (azekura job cancel)");
        }
        List<String> locked = view.volumes().stream().filter(volume -> volume.pool().equals(pool) && volume.state() == Volume.State.LOCKED).map(Volume::label).toList();
        if (!locked.isEmpty()) {
            holders.add("locked volumes " + named(locked));
        }
        if (!holders.isEmpty()) {
            throw BackupException.operator("pool.used", pool.value(), "pool " + pool + " is not deleted, it is held by " + String.join("; ", holders));
        }
    }

    /** Those of other pools in it, and its own elsewhere. */
    private static void copies(CatalogView view, PoolName pool, List<String> holders) throws BackupException {
        for (Replica replica : view.replicas()) {
            if (replica.within().equals(pool) || replica.of().equals(pool)) {
                long copies = 0;
                for (SnapshotCopy copy : view.copiesIn(replica.name())) {
                    copies += view.snapshot(copy.snapshot()).isPresent() ? 1 : 0;
                }
                if (copies > 0) {
                    holders.add(count(copies, "copy", "copies") + " of snapshots of pool " + replica.of() + " in pool " + replica.within()
                            + " (they go with their snapshots: azekura snapshot delete, azekura prune)");
                }
            }
        }
    }

    private static void clients(CatalogView view, PoolName pool, List<String> holders) throws BackupException {
        List<String> clients = new ArrayList<>();
        for (Client client : view.clients()) {
            if (pool.equals(view.terms(client.name()).pool())) {
                clients.add(client.name().value());
            }
        }
        if (!clients.isEmpty()) {
            holders.add("clients " + named(clients) + ", whose backups go there (azekura client pool)");
        }
    }

    private static String count(long many, String one) {
        return count(many, one, one + "s");
    }

    private static String count(long many, String one, String more) {
        return many + " " + (many == 1 ? one : more);
    }

    private static String named(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(NAMED, names.size()))) + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " others" : "");
    }
}
