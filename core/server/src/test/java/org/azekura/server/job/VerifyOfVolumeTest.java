package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Replica;
import org.azekura.api.server.JobOrder;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaPools;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyOfVolumeTest {

    private static final NodeName NODE = new NodeName("node-1");

    @TempDir
    Path home;

    /** All that lies on a cartridge of a pool for copies are packs of other pools. */
    @Test
    void readsCopiesOfOtherPoolsThatLieOnIt() throws Exception {
        try (CatalogDoor door = new CatalogDoor(home)) {
            door.catalog().write(edit -> {
                for (String pool : List.of("main", "offsite", "main.in.offsite")) {
                    edit.putPool(Rows.pool(pool));
                }
                edit.putReplica(new Replica(new PoolName("main.in.offsite"), new PoolName("main"), new PoolName("offsite")));
                edit.putVolume(Rows.volume(7, "offsite", "offsite-1"));
                edit.putVolume(Rows.volume(8, "main.in.offsite", "copies-1"));
                return null;
            });
            ApplianceId self = new ApplianceId(1, 1);
            MediaPools pools = new MediaPools(self, NODE, door.catalog(), null, null, null, null);
            JobFactory factory = new JobFactory(new Stage(self, door.catalog(), null, pools, null, null, NODE, null, null, null), null, () -> { }, null, null);
            Checked.Verify found = (Checked.Verify) factory.find(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0, "offsite-1"));
            assertEquals(List.of("offsite", "main.in.offsite"), found.pools().stream().map(pool -> pool.name().value()).toList());
            assertEquals(new VolumeId(-1, 7), found.volume());
            Checked.Verify copies = (Checked.Verify) factory.find(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0, "copies-1"));
            assertEquals(List.of("main.in.offsite"), copies.pools().stream().map(pool -> pool.name().value()).toList());
            assertEquals("offsite", copies.pool().value());
        }
    }
}
