package org.azekura.server.job.run;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Volume;
import org.azekura.api.message.NodeReport;
import org.junit.jupiter.api.Test;

class PackLedgerTest {

    private static final VolumeId KNOWN = new VolumeId(1, 2);

    private final JobRows rows = new JobRows(new Pool(new PoolName("default"), new NodeName("host"), new DeviceName("default"), "disk",
            ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0], Instant.EPOCH, null));

    private void enter(String node, VolumeId volume) throws Exception {
        enter(node, volume, new Volume(KNOWN, rows.poolName(), "default-1", null, Volume.State.APPENDABLE, "/srv", 0, -1));
    }

    private void enter(String node, VolumeId volume, Volume known) throws Exception {
        rows.volumes.put(KNOWN, known);
        NodeReport.PackWritten written = new NodeReport.PackWritten(new JobId(1), new PackId(3, 4), false, volume, "packs/03/04", 100, 1, Instant.EPOCH, List.of());
        PackLedger.enter(rows.store(), rows.poolName(), new NodeName(node), written);
    }

    @Test
    void hearsOnlyTheNodeThatHasTheVolume() throws Exception {
        enter("host", KNOWN);
        assertEquals(100, rows.volumes.get(KNOWN).used());
        assertRefused("pack.foreign", () -> enter("other", KNOWN));
        assertRefused("pack.foreign", () -> enter("host", new VolumeId(5, 6)));
        assertEquals(1, rows.packs.size());
    }

    /** It waits, or was placed already when its writing is told. */
    @Test
    void whatTakesThePlaceOfAnotherOnTapeIsWhereThatWas() throws Exception {
        VolumeId second = new VolumeId(1, 3);
        rows.volumes.put(second, new Volume(second, rows.poolName(), "tape-2", "A2", Volume.State.APPENDABLE, "lib1", 100, 1000));
        rows.packs.add(new Pack(new PackId(3, 4), rows.poolName(), new JobId(1), false, 100, 1, second, "7", Instant.EPOCH));
        enter("host", KNOWN, new Volume(KNOWN, rows.poolName(), "tape-1", "A1", Volume.State.APPENDABLE, "lib1", 60, 1000));
        assertEquals(List.of(second, "7"), List.of(rows.packs.getLast().volume(), rows.packs.getLast().position()));
        assertEquals(List.of(60L, 100L), List.of(rows.volumes.get(KNOWN).used(), rows.volumes.get(second).used()));
    }

    /** Nobody is to ask for it while the pack waits elsewhere. */
    @Test
    void whatTakesThePlaceOfAnotherOnACartridgeThatIsAwayIsNotThere() throws Exception {
        VolumeId second = new VolumeId(1, 3);
        for (Volume.State state : List.of(Volume.State.MISSING, Volume.State.EXPIRED)) {
            rows.packs.clear();
            rows.volumes.put(second, new Volume(second, rows.poolName(), "tape-2", "A2", state, "lib1", 100, 1000));
            rows.packs.add(new Pack(new PackId(3, 4), rows.poolName(), new JobId(1), false, 100, 1, second, "7", Instant.EPOCH, JobRows.CLIENT));
            enter("host", KNOWN, new Volume(KNOWN, rows.poolName(), "tape-1", "A1", Volume.State.APPENDABLE, "lib1", 60, 1000));
            assertEquals(List.of(KNOWN, "packs/03/04"), List.of(rows.packs.getLast().volume(), rows.packs.getLast().position()), state.word());
            assertEquals(JobRows.CLIENT, rows.packs.getLast().owner());
        }
    }

    @Test
    void aFullCartridgeHasNoLessRoomForWhatWaits() throws Exception {
        enter("host", KNOWN, new Volume(KNOWN, rows.poolName(), "tape-1", "A1", Volume.State.FULL, "lib1", 60, 64));
        assertEquals(60, rows.volumes.get(KNOWN).used());
    }
}
