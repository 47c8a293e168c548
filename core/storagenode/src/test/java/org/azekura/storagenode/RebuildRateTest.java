package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a rebuild costs, from the label on the medium to the snapshots in the catalog, with server, node and catalog as they are. */
@Timeout(1200)
class RebuildRateTest {

    private static final int FILES_EACH = 100;
    private static final long LEAST_RATE = 100_000;
    private static final String MEDIUM = "/medium";

    @TempDir
    Path dir;

    private final FaultDisk disk = new FaultDisk(1);

    /** What one rebuild took of the processor and the device. */
    private record Cost(double cpu_s, double wall_s, long reads, long bytes) {}

    private Cost rebuild(Path home, int snapshots) throws Exception {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        try (WholeAppliance appliance = new WholeAppliance(home, false, Map.of(MEDIUM, disk.on(FaultPlan.none()),
                home.resolve("pools/default").toString(), new FaultDisk(1).on(FaultPlan.none())))) {
            long calls = disk.counts().calls(Call.READ);
            long bytes = disk.counts().bytes(Call.READ);
            long cpu = process.getProcessCpuTime();
            long began = System.nanoTime();
            Job job = appliance.run(new JobOrder.Rebuild(List.of(MEDIUM)));
            Cost cost = new Cost((process.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - began) / 1e9,
                    disk.counts().calls(Call.READ) - calls, disk.counts().bytes(Call.READ) - bytes);
            assertEquals(Job.State.DONE, job.state(), job::toString);
            List<Snapshot> back = appliance.catalog().read(view -> view.snapshotsIn(CrashLife.POOL));
            assertEquals(snapshots, back.size());
            return cost;
        }
    }

    private long sizeOf(String prefix) {
        return disk.keys(prefix).stream().mapToLong(key -> disk.content(key).length).sum();
    }

    /** The rate counts start of the code and all: by processor time, for others may be at work on this machine, and in the slow check only. */
    @Test
    void everythingIsReadOnceAndFast() throws Exception {
        int directories = Seeds.slow() ? 10_000 : 500;
        new GeneratedVolume(disk, directories, FILES_EACH).make(dir, 1);
        Cost cost = rebuild(dir.resolve("home"), 1);
        long files = (long) directories * FILES_EACH;
        System.out.printf("rebuild of %,d files with a chunk each: %.2f CPU s, %.2f s, %,.0f files per CPU second; %,d bytes read of %,d in packs, %,d reads%n",
                files, cost.cpu_s, cost.wall_s, files / cost.cpu_s, cost.bytes, sizeOf(VolumeKeys.PACKS), cost.reads);
        assertTrue(cost.bytes < sizeOf("") * 1.1, () -> cost + " of a volume of " + sizeOf("") + " bytes");
        assertTrue(cost.reads < 20 + 12 * disk.keys(VolumeKeys.PACKS).size() + sizeOf(VolumeKeys.PACKS) / (2 << 20), cost::toString);
        assertTrue(!Seeds.slow() || files / cost.cpu_s >= LEAST_RATE, cost::toString);
    }

    @Test
    void manySnapshotsOfOneTreeCostTheirManifestsOnly() throws Exception {
        int snapshots = Seeds.slow() ? 1000 : 100;
        new GeneratedVolume(disk, 200, FILES_EACH).make(dir, snapshots);
        Cost cost = rebuild(dir.resolve("home"), snapshots);
        System.out.printf("rebuild of %,d snapshots of one tree of %,d files: %.2f CPU s, %.2f s, %,d reads%n", snapshots, 200 * FILES_EACH, cost.cpu_s,
                cost.wall_s, cost.reads);
        assertTrue(cost.reads <= 2 * snapshots + 20 + 12 * disk.keys(VolumeKeys.PACKS).size() + sizeOf(VolumeKeys.PACKS) / (2 << 20), cost::toString);
    }
}
