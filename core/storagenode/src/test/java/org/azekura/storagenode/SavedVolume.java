package org.azekura.storagenode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.testkit.fault.FileCut;

/** A pool's medium as a whole appliance left it: it saved, deleted and pruned, and in half of the cases lost power and home at once. */
final class SavedVolume {

    /** A life has about so many steps of the device. */
    private static final int STEPS = 120;

    /** What is in the lost catalog and on the medium. */
    final Map<SnapshotId, Snapshot> acknowledged = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    final Set<SnapshotId> deleted = new HashSet<>();
    private final FaultDisk disk;
    private final Path home;
    private final Path source;
    private final Random random;
    private int day;

    SavedVolume(long seed, Path folder) throws Exception {
        random = Seeds.random(seed);
        disk = new FaultDisk(random.nextLong());
        home = folder.resolve("home");
        source = Files.createDirectories(folder.resolve("source"));
        live(FaultPlan.none(), 3);
        if (random.nextBoolean()) {
            live(FaultPlan.powerLossWithin(random.nextLong(), STEPS), 6);
        }
        if (random.nextBoolean()) {
            live(FaultPlan.none(), 3);
        }
        Set<String> manifests = new HashSet<>(disk.keys(VolumeKeys.MANIFESTS));
        acknowledged.keySet().removeIf(id -> !manifests.contains(VolumeKeys.manifest(id)));
    }

    /** A copy of it, to be broken. Listings of it that are stale lack one of its blobs. */
    FaultDisk copy(long seed) {
        List<String> keys = disk.keys("");
        return copy(seed, List.of(keys.get(Seeds.random(seed).nextInt(keys.size()))));
    }

    /** @param newest what stale listings lack */
    FaultDisk copy(long seed, List<String> newest) {
        FaultDisk copy = new FaultDisk(seed);
        disk.keys("").stream().filter(key -> !newest.contains(key)).forEach(key -> copy.plant(key, disk.content(key)));
        copy.on(FaultPlan.none());
        copy.cut();
        newest.forEach(key -> copy.plant(key, disk.content(key)));
        return copy;
    }

    /** Puts all blobs down as files. */
    void writeTo(Path folder) throws IOException {
        Map<String, byte[]> blobs = new TreeMap<>();
        disk.keys("").forEach(key -> blobs.put(key, disk.content(key)));
        new FileCut(blobs).writeTo(folder);
    }

    /** Whether its manifest stands there, and nobody who is left knows whether it was acknowledged. */
    boolean mayCome(SnapshotId id) {
        return disk.content(VolumeKeys.manifest(id)) != null;
    }

    private void live(FaultPlan plan, int acts) throws Exception {
        try (WholeAppliance appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), disk.on(plan)))) {
            for (Job left : appliance.server.jobs().list(true)) {
                appliance.await(left.id());
            }
            for (int i = 0; i < acts && disk.isOn(); i++) {
                act(appliance, i == 0 ? 0 : random.nextInt(5));
            }
            acknowledged.clear();
            appliance.catalog().read(view -> {
                for (Snapshot listed : view.snapshotsIn(CrashLife.POOL)) {
                    acknowledged.put(listed.id(), view.snapshot(listed.id()).orElseThrow());
                }
                return null;
            });
        }
    }

    private void act(WholeAppliance appliance, int what) throws Exception {
        List<SnapshotId> there = new ArrayList<>(appliance.catalog().read(view -> view.snapshotsIn(CrashLife.POOL)).stream().map(Snapshot::id).toList());
        switch (what) {
            case 1 -> {
                if (there.size() > 1) {
                    SnapshotId gone = there.get(random.nextInt(there.size()));
                    try {
                        appliance.server.snapshots().delete(gone);
                        deleted.add(gone);
                    } catch (BackupException e) {
                        if (disk.isOn()) {
                            throw e;
                        }
                    }
                }
            }
            case 2 -> ended(appliance.run(new JobOrder.Prune(null, false)));
            default -> {
                change();
                ended(appliance.backup(source, null));
            }
        }
    }

    private void ended(Job job) {
        if (job.state() != Job.State.DONE && disk.isOn()) {
            throw new AssertionError("failed with power: " + job);
        }
    }

    private void change() throws Exception {
        Path folder = Files.createDirectories(source.resolve("d" + random.nextInt(4)));
        for (int i = 0; i < 3; i++) {
            byte[] content = new byte[random.nextInt(3000)];
            random.nextBytes(content);
            Files.write(folder.resolve("f" + random.nextInt(6)), content);
        }
        Files.writeString(source.resolve("day"), "day " + day++);
    }
}
