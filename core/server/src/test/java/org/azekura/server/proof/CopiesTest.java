package org.azekura.server.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Replica;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.api.server.Proofs.Standing;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.pool.MediaSets;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real catalog with clients whose snapshots lie in two pools and a set, with copies in both pools, many of them received at one time. */
class CopiesTest {

    private static final PoolName MAIN = new PoolName("main");
    private static final PoolName VAULT = new PoolName("vault");
    private static final MediaSet BEHIND = MediaSet.of(MAIN, 2);
    private static final List<Replica> REPLICAS = List.of(new Replica(new PoolName("main.in.vault"), MAIN, VAULT), new Replica(new PoolName("b.in.vault"), BEHIND.name(), VAULT),
            new Replica(new PoolName("vault.in.main"), VAULT, MAIN));

    @TempDir
    private Path home;

    @Test
    void knowsWhatWhoGoesThroughAllSnapshotsAndCopiesFinds() throws Exception {
        long seed = Seeds.start();
        for (int round = 0; round < (Seeds.slow() ? 100 : 10); round++) {
            Random random = Seeds.random(seed + round);
            try (CatalogDoor door = new CatalogDoor(Files.createDirectory(home.resolve(Integer.toString(round))))) {
                fill(door, random);
                String told = "seed " + seed + " + " + round;
                door.catalog().read(view -> {
                    Map<SaveSetId, Map<PoolName, SnapshotId>> walked = walked(view);
                    Map<SaveSetId, Map<PoolName, SnapshotId>> known = Copies.newest(view);
                    assertEquals(walked.toString(), known.toString(), told);
                    List<Standing> all = Standings.of(view);
                    List<Standing> each = new ArrayList<>(Standings.of(view, new ClientName("db")));
                    each.addAll(Standings.of(view, new ClientName("web")));
                    assertEquals(all, each, told);
                    return null;
                });
            }
        }
    }

    private static void fill(CatalogDoor door, Random random) throws BackupException {
        door.change(edit -> {
            for (String name : List.of("web", "db")) {
                edit.putClient(Rows.client(name));
            }
            for (PoolName pool : List.of(MAIN, VAULT, BEHIND.name(), REPLICAS.get(0).name(), REPLICAS.get(1).name(), REPLICAS.get(2).name())) {
                edit.putPool(Rows.pool(pool.value()));
            }
            edit.putMediaSet(BEHIND);
            for (Replica replica : REPLICAS) {
                edit.putReplica(replica);
            }
            for (int i = 0; i < 40; i++) {
                Instant received = Rows.TIME.plusMillis(random.nextInt(5) * 500L);
                Snapshot snapshot = Records.with(Rows.snapshot(10 + random.nextInt(1_000_000), List.of(MAIN, VAULT, BEHIND.name()).get(random.nextInt(3)).value(),
                        random.nextBoolean() ? "web" : "db", "set" + random.nextInt(3)), "received", received);
                edit.putSnapshot(snapshot);
                for (Replica replica : REPLICAS) {
                    if (random.nextBoolean()) {
                        edit.putCopy(new SnapshotCopy(snapshot.id(), replica.name(), new JobId(3), Rows.TIME, random.nextInt(4) == 0));
                    }
                }
            }
        });
    }

    /** What reads everything. */
    private static Map<SaveSetId, Map<PoolName, SnapshotId>> walked(CatalogView view) throws BackupException {
        Map<SaveSetId, Map<PoolName, Snapshot>> newest = new TreeMap<>();
        Map<SnapshotId, Snapshot> all = new HashMap<>();
        for (Snapshot snapshot : view.snapshots(null)) {
            all.put(snapshot.id(), snapshot);
            put(newest, snapshot, MediaSets.named(view, snapshot.pool()));
        }
        for (Replica replica : view.replicas()) {
            for (SnapshotCopy copy : view.copiesIn(replica.name())) {
                put(newest, all.get(copy.snapshot()), MediaSets.named(view, replica.name()));
            }
        }
        Map<SaveSetId, Map<PoolName, SnapshotId>> ids = new TreeMap<>();
        newest.forEach((set, pools) -> pools.forEach((pool, snapshot) -> ids.computeIfAbsent(set, one -> new LinkedHashMap<>()).put(pool, snapshot.id())));
        return ids;
    }

    private static void put(Map<SaveSetId, Map<PoolName, Snapshot>> newest, Snapshot snapshot, PoolName pool) {
        newest.computeIfAbsent(new SaveSetId(snapshot.client(), snapshot.saveSet()), set -> new LinkedHashMap<>())
                .merge(pool, snapshot, (one, other) -> other.received().isBefore(one.received()) ? one : other);
    }
}
