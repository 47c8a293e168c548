package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Pools;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of all pools come back at once or not at all. */
@Timeout(300)
class TwoPoolRebuildTest {

    private static final PoolName SECOND = new PoolName("second");

    @TempDir
    Path dir;

    private final FaultDisk first = new FaultDisk(1);
    private final FaultDisk second = new FaultDisk(2);

    private void save() throws Exception {
        Path source = Files.createDirectory(dir.resolve("source"));
        Files.writeString(source.resolve("file"), "content");
        Path home = dir.resolve("lost");
        try (WholeAppliance appliance = new WholeAppliance(home, true, Map.of(home.resolve("pools/default").toString(), first.on(FaultPlan.none()),
                "/second", second.on(FaultPlan.none())))) {
            appliance.server.pools().create(SECOND, "disk", Map.of("path", "/second"), Pools.Readers.APPLIANCE);
            for (PoolName pool : List.of(CrashLife.POOL, SECOND, SECOND)) {
                assertEquals(Job.State.DONE, appliance.backup(source, pool).state());
            }
        }
    }

    private Job rebuild(Path home, FaultPlan plan, int expected) throws Exception {
        try (WholeAppliance appliance = new WholeAppliance(home, false, Map.of("/1", first.on(FaultPlan.none()), "/2", second.on(plan),
                home.resolve("pools/default").toString(), new FaultDisk(3).on(FaultPlan.none())))) {
            Job job = appliance.run(new JobOrder.Rebuild(List.of("/1", "/2")));
            assertEquals(expected, appliance.catalog().read(CatalogView::snapshotCount), job::toString);
            return job;
        }
    }

    @Test
    void whatFailsInTheSecondLeavesNothingOfTheFirst() throws Exception {
        save();
        Path home = dir.resolve("new");
        FaultPlan plan = FaultPlan.of("the second reading").on(Call.READ, VolumeKeys.MANIFESTS, 2, new Fault.BitFlip());
        Job failed = rebuild(home, plan, 0);
        assertEquals(Job.State.FAILED, failed.state());
        assertTrue(failed.error().contains("of pool second was read before"), failed::error);
        assertEquals(Job.State.DONE, rebuild(home, FaultPlan.none(), 3).state());
    }
}
