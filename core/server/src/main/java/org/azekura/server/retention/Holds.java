package org.azekura.server.retention;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.server.pool.MediaSets;

/** What keeps snapshots beside the rules: pins and locks, as one view of the catalog has them. A lock holds a snapshot for every pool in which it or a copy of it lies. */
public final class Holds {

    private final CatalogView view;
    private final Ages ages;

    public Holds(CatalogView view, Ages ages) {
        this.view = view;
        this.ages = ages;
    }

    /**
     * Has a snapshot stay that is pinned or locked.
     *
     * @param snapshot as the catalog has it
     * @throws BackupException {@code snapshot.locked}, {@code snapshot.pinned}: until when, and what would do
     */
    public void requireNone(Snapshot snapshot) throws BackupException {
        String id = snapshot.id().toString();
        for (Hold lock : lock(snapshot, locked(snapshot))) {
            if (lock.holds(ages.keeping())) {
                throw BackupException.operator("snapshot.locked", id, "snapshot " + id + " is " + lock.reason().text() + ": nobody can delete it before, for what lies in its pool, or in that of a copy, is"
                        + " locked");
            }
        }
        for (Hold pin : pins(view.pin(snapshot.id()).stream().toList())) {
            if (pin.holds(ages.keeping())) {
                throw BackupException.operator("snapshot.pinned", id, "snapshot " + id + " is " + pin.reason().text() + "; unpin it first: azekura snapshot unpin " + id);
            }
        }
    }

    /** @param snapshot as the catalog has it */
    public boolean isLocked(Snapshot snapshot) throws BackupException {
        return lock(snapshot, locked(snapshot)).stream().anyMatch(lock -> lock.holds(ages.keeping()));
    }

    List<Hold> pins() throws BackupException {
        return pins(view.pins());
    }

    /** A pin ends when both have surely passed: the time for which it was made, and the day that it names. They are not the same while nobody knows what time it is. */
    private static List<Hold> pins(List<Pin> pins) {
        List<Hold> holds = new ArrayList<>();
        for (Pin pin : pins) {
            String why = pin.why().isEmpty() ? "" : (pin.until() == null ? "" : " ") + "(" + pin.why() + ")";
            Ground reason = new Ground(Ground.Kind.PINNED, (pin.until() == null ? "" : "until " + pin.until()) + why);
            if (pin.until() == null) {
                holds.add(new Hold(pin.snapshot(), pin.since(), null, reason));
            } else {
                holds.add(new Hold(pin.snapshot(), pin.since(), Duration.between(pin.since(), pin.until()), reason));
                holds.add(new Hold(pin.snapshot(), pin.until(), Duration.ZERO, reason));
            }
        }
        return holds;
    }

    /** Of these snapshots, those that are in a pool with a lock, or have a copy in one. */
    List<Hold> locks(List<Snapshot> snapshots) throws BackupException {
        Map<PoolName, Duration> replicas = new HashMap<>();
        for (Replica replica : view.replicas()) {
            replicas.put(replica.name(), lockOf(replica.within()));
        }
        boolean copies = replicas.values().stream().anyMatch(time -> !time.isZero());
        Map<PoolName, Duration> pools = new HashMap<>();
        List<Hold> locks = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            if (!pools.containsKey(snapshot.pool())) {
                pools.put(snapshot.pool(), lockOf(snapshot.pool()));
            }
            Duration longest = pools.get(snapshot.pool());
            for (SnapshotCopy copy : copies ? view.copies(snapshot.id()) : List.<SnapshotCopy>of()) {
                longest = longer(longest, replicas.getOrDefault(copy.replica(), Duration.ZERO));
            }
            locks.addAll(lock(snapshot, longest));
        }
        return locks;
    }

    private List<Hold> lock(Snapshot snapshot, Duration time) {
        Duration all = time.plus(ages.unproven().get());
        return time.isZero() ? List.of() : List.of(new Hold(snapshot.id(), snapshot.received(), all, new Ground(Ground.Kind.LOCKED,
                "until " + ages.corrected().apply(snapshot.received()).plus(all).truncatedTo(ChronoUnit.SECONDS))));
    }

    /**
     * Of what lies in one place, itself or as copies, that which a lock of that place keeps still; what is kept longest comes first.
     *
     * @param place a pool, a set of one, or a replica
     */
    public List<HeldSnapshot> in(PoolName place) throws BackupException {
        Replica replica = view.replica(place).orElse(null);
        Duration time = lockOf(replica == null ? place : replica.within());
        if (time.isZero()) {
            return List.of();
        }
        List<Snapshot> there = replica == null ? view.snapshotsIn(place) : copied(replica);
        return there.stream().map(snapshot -> new HeldSnapshot(snapshot, ages.corrected().apply(snapshot.received()).plus(time).plus(ages.unproven().get())))
                .filter(held -> held.until().isAfter(ages.now().get())).sorted(Comparator.comparing(HeldSnapshot::until).reversed()).toList();
    }

    private List<Snapshot> copied(Replica replica) throws BackupException {
        List<Snapshot> copied = new ArrayList<>();
        for (SnapshotCopy copy : view.copiesIn(replica.name())) {
            view.snapshot(copy.snapshot()).ifPresent(copied::add);
        }
        return copied;
    }

    private Duration locked(Snapshot snapshot) throws BackupException {
        Duration longest = lockOf(snapshot.pool());
        for (SnapshotCopy copy : view.copies(snapshot.id())) {
            Replica replica = view.replica(copy.replica()).orElse(null);
            longest = replica == null ? longest : longer(longest, lockOf(replica.within()));
        }
        return longest;
    }

    private Duration lockOf(PoolName pool) throws BackupException {
        return view.lock(MediaSets.head(view, pool));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
