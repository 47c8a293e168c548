package org.azekura.server.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;

class LiveRootsTest {

    private static final PoolName POOL = new PoolName("main");
    private static final PoolName REPLICA = new PoolName("main.in.offsite");
    private static final JobId PRUNER = new JobId(99);

    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Deletion> deletions = new ArrayList<>();
    private final List<Job> jobs = new ArrayList<>(List.of(Records.with(job(99, null), "kind", Job.Kind.PRUNE)));
    private final List<SnapshotCopy> copies = new ArrayList<>();
    private final List<Snapshot> elsewhere = new ArrayList<>();
    private final List<MediaSet> sets = new ArrayList<>();
    private final List<String> clients = new ArrayList<>(List.of("web", "db"));

    private CatalogView view() {
        return (CatalogView) Proxy.newProxyInstance(CatalogView.class.getClassLoader(), new Class<?>[] {CatalogView.class},
                (self, method, args) -> switch (method.getName()) {
                    case "snapshotsIn" -> snapshots;
                    case "deletions" -> deletions.stream().filter(one -> one.pool().equals(args[0]) || args[0].equals(REPLICA)).toList();
                    case "mediaSets" -> sets;
                    case "mediaSet" -> sets.stream().filter(one -> one.name().equals(args[0])).findFirst();
                    case "snapshot" -> Stream.concat(snapshots.stream(), elsewhere.stream()).filter(one -> one.id().equals(args[0])).findFirst();
                    case "jobs" -> jobs;
                    case "replica" -> Optional.of(new Replica(REPLICA, POOL, new PoolName("offsite"))).filter(one -> one.name().equals(args[0]));
                    case "copies" -> copies.stream().filter(copy -> copy.snapshot().equals(args[0])).toList();
                    case "client" -> clients.contains(args[0].toString()) ? Optional.of(new Client((ClientName) args[0], group(args[0].toString()), null,
                            null)) : Optional.empty();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static TrustGroup group(String client) {
        return new TrustGroup(client.hashCode(), 1);
    }

    private static Job job(long id, SnapshotId holds) {
        return Records.with(Records.with(Records.with(Rows.job(id, Job.State.RUNNING), "holds", holds), "pool", POOL), "attempts", 1);
    }

    private LiveRoots read() throws BackupException {
        return LiveRoots.of(view(), POOL, PRUNER);
    }

    @Test
    void everySnapshotIsARootOfItsClientsTrustGroup() throws BackupException {
        snapshots.addAll(List.of(Rows.snapshot(1, "main", "web", "a"), Rows.snapshot(2, "main", "db", "a"), Rows.snapshot(3, "main", "web", "b")));
        LiveRoots live = read();
        assertEquals(Map.of("web", 2, "db", 1), Map.of("web", live.roots().get(group("web")).size(), "db", live.roots().get(group("db")).size()));
        assertEquals(Set.of(), live.unended());
        assertFalse(live.backups());
    }

    @Test
    void aDeletedSnapshotIsOneWhileAJobHoldsIt() throws BackupException {
        Snapshot there = Rows.snapshot(1, "main", "web", "a");
        Snapshot gone = Rows.snapshot(2, "main", "web", "a");
        Snapshot forgotten = Rows.snapshot(3, "main", "web", "a");
        snapshots.add(there);
        for (Snapshot snapshot : List.of(gone, forgotten)) {
            deletions.add(new Deletion(snapshot.id(), POOL, snapshot.client(), snapshot.root(), Rows.TIME));
        }
        jobs.addAll(List.of(job(5, there.id()), job(6, gone.id()), job(7, gone.id())));
        LiveRoots live = read();
        assertEquals(List.of(there.id(), gone.id()), live.roots().get(group("web")).stream().map(LiveRoots.Root::snapshot).toList());
        assertEquals(Set.of(new JobId(5), new JobId(6), new JobId(7)), live.unended());
        assertTrue(live.backups());
    }

    @Test
    void ofCopiesOnlyWhatHasOneIsHeld() throws BackupException {
        Snapshot copied = Rows.snapshot(2, "main", "web", "a");
        Snapshot under = Rows.snapshot(3, "main", "web", "a");
        for (Snapshot snapshot : List.of(copied, under)) {
            deletions.add(new Deletion(snapshot.id(), POOL, snapshot.client(), snapshot.root(), Rows.TIME));
        }
        copies.add(new SnapshotCopy(copied.id(), REPLICA, new JobId(1), Rows.TIME, false));
        jobs.addAll(List.of(job(5, copied.id()), job(6, under.id())));
        LiveRoots live = LiveRoots.of(view(), REPLICA, PRUNER);
        assertEquals(List.of(copied.id()), live.roots().get(group("web")).stream().map(LiveRoots.Root::snapshot).toList());
    }

    @Test
    void whatAJobHoldsInAnotherSetIsHeldThere() throws BackupException {
        MediaSet second = MediaSet.of(POOL, 2);
        sets.add(second);
        Snapshot there = Rows.snapshot(2, "main.set2", "web", "a");
        Snapshot gone = Rows.snapshot(3, "main.set2", "web", "a");
        elsewhere.add(there);
        deletions.add(new Deletion(gone.id(), second.name(), gone.client(), gone.root(), Rows.TIME));
        jobs.addAll(List.of(job(5, there.id()), job(6, gone.id())));
        assertEquals(Map.of(), read().roots());
        assertTrue(read().backups());
        elsewhere.clear();
        snapshots.add(there);
        LiveRoots live = LiveRoots.of(view(), second.name(), PRUNER);
        assertEquals(List.of(there.id(), gone.id()), live.roots().get(group("web")).stream().map(LiveRoots.Root::snapshot).toList());
        assertTrue(live.backups());
    }

    @Test
    void whoDoesNotKnowWhatAJobHoldsIsBlind() {
        jobs.add(job(5, new SnapshotId(8, 8)));
        assertEquals("prune.blind", assertThrows(BackupException.class, this::read).failure().code());
        jobs.removeLast();
        clients.remove("web");
        snapshots.add(Rows.snapshot(1, "main", "web", "a"));
        assertEquals("prune.blind", assertThrows(BackupException.class, this::read).failure().code());
    }
}
