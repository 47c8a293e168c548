package org.azekura.server.pool;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.NodeReport;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.PackLedger;
import org.junit.jupiter.api.Test;

class OwedLocksTest {

    private static final PackId DROPPED = new PackId(1, 2);
    private static final PackId THERE = new PackId(3, 4);
    private static final VolumeId VOLUME = new VolumeId(5, 6);

    private final JobRows rows = new JobRows(new Pool(new PoolName("default"), new NodeName("host"), new DeviceName("default"), "disk",
            ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0], Instant.EPOCH, null));

    private static String owed(PackId pack) {
        return "lock.owed.default/" + pack;
    }

    @Test
    void ofWhatWasDroppedNothingStays() throws Exception {
        rows.packs.add(new Pack(THERE, rows.poolName(), new JobId(1), false, 100, 1, VOLUME, "7", Instant.EPOCH));
        rows.settings.put(owed(DROPPED), "");
        rows.settings.put(owed(THERE), "");
        assertEquals(List.of(THERE), OwedLocks.in(rows.store(), rows.poolName()));
        assertEquals(Set.of(owed(THERE)), rows.settings.keySet());
    }

    /** Nor of what never came. */
    @Test
    void nothingIsOwedOfAPackThatIsNotEntered() {
        NodeReport.PackWritten foreign = new NodeReport.PackWritten(new JobId(1), DROPPED, false, VOLUME, "packs/03/04", 100, 1, Instant.EPOCH, List.of());
        assertRefused("pack.foreign", () -> PackLedger.enter(rows.store(), rows.poolName(), new NodeName("host"), foreign, edit -> fail("it is not there")));
    }
}
