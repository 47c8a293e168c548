package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.azekura.api.ApplianceId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.server.JobOrder;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaPools;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyOfVolumeTest {

    private static final NodeName NODE = new NodeName("node-1");
    private static final PoolName OFFSITE = new PoolName("offsite");
    private static final PoolName COPIES = new PoolName("main.in.offsite");
    private static final ApplianceId SELF = new ApplianceId(1, 1);

    @TempDir
    Path home;

    private CatalogDoor door;

    @BeforeEach
    void open() throws Exception {
        door = new CatalogDoor(home);
        door.catalog().write(edit -> {
            for (String pool : List.of("main", "offsite", "main.in.offsite")) {
                edit.putPool(Rows.pool(pool));
            }
            edit.putReplica(new Replica(COPIES, new PoolName("main"), OFFSITE));
            edit.putVolume(Rows.volume(7, "offsite", "offsite-1"));
            edit.putVolume(Rows.volume(8, "main.in.offsite", "copies-1"));
            return null;
        });
    }

    @AfterEach
    void close() {
        door.close();
    }

    private Checked.Verify found(String volume) throws Exception {
        MediaPools pools = new MediaPools(SELF, NODE, door.catalog(), null, null, null, null);
        JobFactory factory = new JobFactory(new Stage(SELF, door.catalog(), null, pools, null, null, NODE, null, null, null), null, () -> { }, null, null);
        return (Checked.Verify) factory.find(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0, volume));
    }

    private List<PoolName> read(String volume) throws Exception {
        return found(volume).pools().stream().map(Pool::name).toList();
    }

    private void pack(long number, PoolName pool, Instant written) throws Exception {
        door.catalog().write(edit -> {
            edit.putPack(new Pack(new PackId(1, number), pool, null, false, 1, 1, new VolumeId(-1, 7), "4", written));
            return null;
        });
    }

    /** All that lies on a cartridge of a pool for copies are packs of other pools. */
    @Test
    void readsCopiesOfOtherPoolsThatLieOnIt() throws Exception {
        assertEquals(List.of(OFFSITE, COPIES), read("offsite-1"));
        assertEquals(new VolumeId(-1, 7), found("offsite-1").volume());
        assertEquals(List.of(COPIES), read("copies-1"));
        assertEquals(OFFSITE, found("copies-1").pool());
    }

    @Test
    void readsThatFirstOfWhichSomethingWaitsForLongest() throws Exception {
        pack(1, OFFSITE, Rows.TIME);
        assertEquals(List.of(OFFSITE, COPIES), read("offsite-1"));
        pack(2, COPIES, Rows.TIME.minusSeconds(1));
        assertEquals(List.of(COPIES, OFFSITE), read("offsite-1"));
        door.catalog().write(edit -> {
            edit.putVerified(new PackId(1, 2), new VolumeId(-1, 7), Rows.TIME.plusSeconds(1));
            return null;
        });
        assertEquals(List.of(OFFSITE, COPIES), read("offsite-1"));
    }

    @Test
    void leavesOtherSetsOfItsPoolAlone() throws Exception {
        door.catalog().write(edit -> {
            edit.putPool(Rows.pool("offsite.set2"));
            edit.putMediaSet(MediaSet.of(OFFSITE, 2));
            edit.putVolume(Rows.volume(9, "offsite.set2", "offsite-2"));
            return null;
        });
        assertEquals(List.of(OFFSITE, COPIES), read("offsite-1"));
        assertEquals(List.of(new PoolName("offsite.set2")), read("offsite-2"));
    }
}
