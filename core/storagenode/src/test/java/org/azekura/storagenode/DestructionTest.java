package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.Overwrite;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Pack;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.server.Pools;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pool and two copies of it, while somebody deletes, turns over bits of, and cuts off whatever he finds in one of the three, or empties it: backups, copies, restores, deletions and prunes go
 * on. Nothing may be lost, a verify of that place must put all of it right, and the next one finds nothing.
 */
@Timeout(600)
class DestructionTest {

    private static final PoolName THIRD = new PoolName("third");
    private static final List<PoolName> POOLS = List.of(TwoSites.MAIN, TwoSites.OFFSITE, THIRD);
    private static final List<String> NODES = List.of("a", "b", "c");
    private static final int ROUNDS = 5;
    private static final int MOST_SNAPSHOTS = 4;

    @TempDir
    Path dir;

    private final long seed = Seeds.start();
    private final Random random = Seeds.random(seed);
    private final Map<SnapshotId, Map<String, byte[]>> saved = new LinkedHashMap<>();
    private Path source;
    private TwoSites sites;
    private int restored;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        sites = new TwoSites(dir.resolve("home"), Map.of("a", new FaultDisk(seed), "b", new FaultDisk(seed + 1), "c", new FaultDisk(seed + 2)));
        for (int i = 0; i < POOLS.size(); i++) {
            sites.disks.get(NODES.get(i)).place("disk " + i);
            sites.startNode(NODES.get(i), FaultPlan.none());
            sites.server.pools().create(POOLS.get(i), "disk", Map.of("path", "/disk"), Pools.Readers.APPLIANCE, new Pools.Site(new NodeName(NODES.get(i)), null));
        }
        for (int i = 0; i < 6; i++) {
            change();
        }
    }

    @AfterEach
    void end() {
        sites.close();
    }

    @Test
    void whateverIsDestroyedInOnePlaceAtATimeIsNeitherLostNorStaysSo() throws Exception {
        backedUp(sites.run(backup()));
        copies();
        for (int round = 0; round < Integer.getInteger("azekura.destruction.rounds", ROUNDS); round++) {
            int place = random.nextInt(POOLS.size());
            String what = "round " + round + ", seed " + seed + ", pool " + POOLS.get(place);
            List<String> there = sites.disks.get(NODES.get(place)).keys(folder(place) + VolumeKeys.PACKS);
            List<JobId> going = new ArrayList<>();
            change();
            boolean emptied = random.nextInt(3) == 0;
            if (emptied) {
                sites.disks.get(NODES.get(place)).keys("").forEach(key -> sites.disks.get(NODES.get(place)).plant(key, null));
            }
            going.add(sites.server.jobs().submit(backup()).id());
            if (random.nextBoolean()) {
                going.add(sites.server.jobs().submit(new JobOrder.Prune(POOLS.get(random.nextInt(POOLS.size())), false)).id());
            }
            if (!emptied) {
                destroy(place, there);
            }
            restore(POOLS.get((place + 1) % POOLS.size()), what);
            if (random.nextBoolean()) {
                going.add(sites.server.jobs().submit(new JobOrder.Copy(POOLS.get(1 + random.nextInt(2)), TwoSites.MAIN, null)).id());
            }
            for (JobId job : going) {
                backedUp(ended(sites.await(job, false), what));
            }
            heal(place, what);
            restore(POOLS.get(place), what);
            copies();
            forget();
        }
    }

    private JobOrder backup() {
        return new JobOrder.Backup(null, TwoSites.MAIN, new SaveSet(new SaveSetName("set"), List.of(RawPath.of(source.toString())), List.of(), false), null, false);
    }

    /** Another content for some of the files. */
    private void change() throws IOException {
        byte[] content = new byte[1 + random.nextInt(200_000)];
        random.nextBytes(content);
        Files.write(source.resolve("file-" + random.nextInt(8)), content);
    }

    private void backedUp(Job job) throws Exception {
        if (job.kind() == Job.Kind.BACKUP) {
            saved.put(((JobResult.Backup) sites.server.jobs().result(job.id()).orElseThrow()).snapshot(), CopyTest.files(source));
        }
    }

    private Job ended(Job job, String what) throws Exception {
        assertNotEquals(Job.State.FAILED, job.state(), () -> what + ": " + job + log(job));
        return job;
    }

    private String log(Job job) {
        try {
            return sites.server.jobs().log(job.id()).toString();
        } catch (BackupException e) {
            return e.getMessage();
        }
    }

    private void copies() throws Exception {
        for (PoolName to : POOLS.subList(1, POOLS.size())) {
            Job job = sites.run(new JobOrder.Copy(to, TwoSites.MAIN, null));
            assertEquals(Job.State.DONE, job.state(), () -> job + log(job));
        }
    }

    private static String folder(int place) {
        return place == 0 ? "" : CopyTest.COPIES;
    }

    private void destroy(int place, List<String> there) {
        FaultDisk disk = sites.disks.get(NODES.get(place));
        for (int i = 1 + random.nextInt(3); i > 0 && !there.isEmpty(); i--) {
            String key = there.get(random.nextInt(there.size()));
            byte[] pack = disk.content(key);
            if (pack != null && pack.length > 0) {
                switch (random.nextInt(3)) {
                    case 0 -> disk.plant(key, null);
                    case 1 -> disk.plant(key, Arrays.copyOf(pack, random.nextInt(pack.length)));
                    default -> {
                        pack[random.nextInt(pack.length)] ^= (byte) (1 << random.nextInt(8));
                        disk.plant(key, pack);
                    }
                }
            }
        }
    }

    private void restore(PoolName from, String what) throws Exception {
        List<SnapshotId> all = List.copyOf(saved.keySet());
        SnapshotId id = all.get(random.nextInt(all.size()));
        boolean own = from.equals(TwoSites.MAIN);
        if (!own && sites.server.snapshots().copies(id).stream().noneMatch(copy -> copy.pool().equals(from))) {
            return;
        }
        Path target = Files.createDirectory(dir.resolve("restored-" + restored++));
        Job job = sites.run(new JobOrder.Restore(id, List.of(), null, RawPath.of(target.toString()), Overwrite.NEVER, false, from, 0, null, null));
        assertEquals(Job.State.DONE, job.state(), () -> what + ": " + job + log(job));
        CopyTest.assertSame(saved.get(id), CopyTest.files(target.resolve(source.toString().substring(1))));
    }

    private void heal(int place, String what) throws Exception {
        JobOrder verify = new JobOrder.Verify(POOLS.get(place), null, JobOrder.Depth.CHECKSUMS, 0, 0);
        ended(sites.run(verify), what);
        Job again = sites.run(verify);
        assertEquals(Job.State.DONE, again.state(), () -> what + ": " + again + log(again));
        PoolName row = place == 0 ? TwoSites.MAIN : sites.catalog().read(view -> view.replicas()).stream().filter(replica -> replica.within().equals(POOLS.get(place)))
                .findFirst().orElseThrow().name();
        // what was ordered when the place was found empty may be at it still
        TwoSites.await(what + ": no snapshot to be damaged", () -> sites.catalog().read(view -> DamagedSnapshots.in(view, row)).isEmpty());
        for (Pack pack : sites.catalog().read(view -> view.packs(row))) {
            assertNotNull(sites.disks.get(NODES.get(place)).content(folder(place) + VolumeKeys.pack(pack.id())), () -> what + ": " + pack);
        }
    }

    private void forget() throws Exception {
        if (saved.size() > MOST_SNAPSHOTS) {
            SnapshotId oldest = saved.keySet().iterator().next();
            sites.server.snapshots().delete(oldest);
            saved.remove(oldest);
        }
    }
}
