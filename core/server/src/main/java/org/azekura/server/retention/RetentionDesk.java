package org.azekura.server.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.BlobLock;
import org.azekura.api.server.Retention;
import org.azekura.server.host.Edition;

/** What the rules say of the snapshots in the catalog. */
public final class RetentionDesk implements Retention {

    /** Clients whose snapshots are in memory at once. */
    private static final int AT_ONCE = 1_000;

    private final CatalogStore catalog;
    private final Ages ages;
    private final PoolLocks locks;

    /** What the media of a pool have to do with its lock. */
    public interface Media {

        /** The lock of the pool has changed: its medium is to say so, and to hold what is there. */
        void locked(PoolName pool);

        /** In which modes its device locks; null if nobody can be asked now. */
        List<BlobLock.Mode> modes(PoolName pool);
    }

    private static final Media NOBODY = new Media() {
        @Override
        public void locked(PoolName pool) {}

        @Override
        public List<BlobLock.Mode> modes(PoolName pool) {
            return null;
        }
    };

    /** One that asks no media. */
    public RetentionDesk(CatalogStore catalog, Ages ages) {
        this(catalog, ages, NOBODY);
    }

    public RetentionDesk(CatalogStore catalog, Ages ages, Media media) {
        this.catalog = catalog;
        this.ages = ages;
        this.locks = new PoolLocks(catalog, media);
    }

    /** Whether some policy has anything expire: looked up without reading a snapshot. */
    boolean expiresAny() throws BackupException {
        return catalog.read(view -> view.policies().stream().anyMatch(policy -> !policy.keep().keepsAll()));
    }

    /**
     * Those that expire now, oldest first, as the catalog has them.
     *
     * @param policy that has a say in them; null for all
     * @throws BackupException {@code policy.unknown}
     */
    public List<Snapshot> due(PolicyName policy) throws BackupException {
        List<Snapshot> due = new ArrayList<>();
        for (Set<ClientName> some : clients(policy)) {
            due.addAll(due(policy, some));
        }
        due.sort(Comparator.comparing(Snapshot::id));
        return due;
    }

    /**
     * Whose snapshots may expire, a thousand at a time: the snapshots of more need not be in memory at once.
     *
     * @param policy that has a say in them; null for all
     * @throws BackupException {@code policy.unknown}
     */
    public List<Set<ClientName>> clients(PolicyName policy) throws BackupException {
        List<ClientName> named = catalog.read(view -> {
            requireKnown(view, policy);
            List<Policy> policies = policy == null ? view.policies() : view.policy(policy).stream().toList();
            return policies.stream().flatMap(one -> one.saveSets().stream()).map(SaveSetId::client).distinct().toList();
        });
        return IntStream.iterate(0, i -> i < named.size(), i -> i + AT_ONCE).mapToObj(i -> Set.copyOf(named.subList(i, Math.min(i + AT_ONCE, named.size())))).toList();
    }

    /** As {@link #due(PolicyName)}, of these clients. */
    public List<Snapshot> due(PolicyName policy, Set<ClientName> clients) throws BackupException {
        Standing standing = catalog.read(view -> {
            requireKnown(view, policy);
            return Standing.of(view, ages, clients);
        });
        Set<SnapshotId> meant = claimed(standing, policy);
        Set<SnapshotId> due = new HashSet<>();
        for (Fate fate : standing.fates(ages)) {
            if (fate.expires() && (policy == null || meant.contains(fate.snapshot().id()))) {
                due.add(fate.snapshot().id());
            }
        }
        return standing.snapshots().stream().filter(snapshot -> due.contains(snapshot.id())).toList();
    }

    private static Set<SnapshotId> claimed(Standing standing, PolicyName policy) {
        Set<SnapshotId> claimed = new HashSet<>();
        for (Claim claim : standing.claims()) {
            if (claim.policy().equals(policy)) {
                claim.snapshots().forEach(snapshot -> claimed.add(snapshot.id()));
            }
        }
        return claimed;
    }

    /** @throws BackupException {@code policy.unknown}; null is known */
    public void requireKnown(PolicyName policy) throws BackupException {
        catalog.read(view -> {
            requireKnown(view, policy);
            return null;
        });
    }

    /** When it was received, as far as that is known. */
    public Instant received(Snapshot snapshot) {
        return ages.corrected().apply(snapshot.received());
    }

    private static void requireKnown(CatalogView view, PolicyName policy) throws BackupException {
        if (policy != null && view.policy(policy).isEmpty()) {
            throw BackupException.operator("policy.unknown", policy.value(), "there is no policy " + policy + "; \"azekura policy list\" names them all");
        }
    }

    @Override
    public List<Stay> stays(ClientName client) throws BackupException {
        return told(catalog.read(view -> client == null ? Standing.of(view, ages) : Standing.of(view, ages, Set.of(client))));
    }

    @Override
    public List<Stay> stays(Collection<ClientName> clients) throws BackupException {
        return told(catalog.read(view -> Standing.of(view, ages, Set.copyOf(clients))));
    }

    @Override
    public List<Stay> stays(PolicyName policy) throws BackupException {
        List<Stay> stays = new ArrayList<>();
        for (Set<ClientName> some : clients(policy)) {
            Standing standing = catalog.read(view -> Standing.of(view, ages, some));
            Set<SnapshotId> claimed = claimed(standing, policy);
            told(standing).stream().filter(stay -> claimed.contains(stay.snapshot().id())).forEach(stays::add);
        }
        stays.sort(Comparator.comparing(stay -> stay.snapshot().id()));
        return stays;
    }

    @Override
    public Stay stay(SnapshotId id) throws BackupException {
        ClientName client = catalog.read(view -> view.snapshot(id)).orElseThrow(() -> unknown(id)).client();
        return stays(client).stream().filter(stay -> stay.snapshot().id().equals(id)).findFirst().orElseThrow(() -> unknown(id));
    }

    private List<Stay> told(Standing standing) throws BackupException {
        Map<SnapshotId, Pin> pins = new HashMap<>();
        catalog.read(CatalogView::pins).forEach(pin -> pins.put(pin.snapshot(), pin));
        Map<SnapshotId, Instant> locks = new HashMap<>();
        for (Hold lock : standing.locks()) {
            if (lock.holds(ages.keeping())) {
                locks.put(lock.snapshot(), ages.corrected().apply(lock.since()).plus(lock.time()));
            }
        }
        Map<SnapshotId, Fate> fates = new HashMap<>();
        standing.fates(ages).forEach(fate -> fates.put(fate.snapshot().id(), fate));
        List<Stay> stays = new ArrayList<>();
        for (Snapshot snapshot : standing.snapshots()) {
            Fate fate = fates.get(snapshot.id());
            boolean pinned = fate.reasons().stream().anyMatch(reason -> reason.kind() == Ground.Kind.PINNED);
            stays.add(new Stay(snapshot.received(fate.snapshot().received()), fate.expires(), fate.reasons().stream().map(RetentionDesk::word).distinct().toList(),
                    pinned ? pins.get(snapshot.id()) : null, locks.get(snapshot.id())));
        }
        return stays;
    }

    private static Reason word(Ground reason) {
        return new Reason(reason.kind().word(), reason.text(), reason.policy());
    }

    @Override
    public Pin pin(SnapshotId id, Duration time, Instant until, String why) throws BackupException {
        Instant now = ages.now().get();
        return catalog.write(edit -> {
            edit.snapshot(id).orElseThrow(() -> unknown(id));
            Pin pin = Pinning.checked(id, now, time, until, why);
            edit.putPin(pin);
            Edition.next(edit);
            return pin;
        });
    }

    @Override
    public Pin unpin(SnapshotId id) throws BackupException {
        return catalog.write(edit -> {
            edit.snapshot(id).orElseThrow(() -> unknown(id));
            Pin pin = edit.pin(id).orElseThrow(() -> BackupException.operator("pin.unknown", id.toString(), "snapshot " + id + " is not pinned; \"azekura snapshot list\" tells which are"));
            edit.deletePin(id);
            Edition.next(edit);
            return pin;
        });
    }

    private static BackupException unknown(SnapshotId id) {
        return BackupException.operator("snapshot.unknown", id.toString(), "there is no snapshot " + id + "; \"azekura snapshot list\" names them all");
    }

    @Override
    public List<Life> simulate(Trial trial) throws BackupException {
        return Simulator.lives(trial);
    }

    @Override
    public PoolLock lock(PoolName pool) throws BackupException {
        return locks.of(pool);
    }

    @Override
    public PoolLock lock(PoolName pool, Duration time, BlobLock.Mode mode) throws BackupException {
        return locks.longer(pool, time, mode);
    }
}
