package org.azekura.server.job.recycle;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.azekura.testkit.catalog.Rows.pool;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.Volume;
import org.junit.jupiter.api.Test;

class RecyclingTest {

    @Test
    void oneThatIsLeftAsItIsNamesTheCommandThatHelps() {
        assertTrue(refusal(Volume.State.LOCKED).endsWith("azekura volume unlock"));
        assertTrue(refusal(Volume.State.QUARANTINED).endsWith("azekura volume accept"));
    }

    private static String refusal(Volume.State state) {
        Volume volume = new Volume(new VolumeId(1, 1), new PoolName("main"), "main-1", "A00001L8", state, "slot", 5, 100);
        return assertRefused("volume.state", () -> new Recycling(null, null, null).one(pool("main"), volume)).getMessage();
    }
}
