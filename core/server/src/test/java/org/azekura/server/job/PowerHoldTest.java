package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Pool;
import org.azekura.api.device.PowerState.Supply;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.Appliance.Power;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.run.JobRows;
import org.junit.jupiter.api.Test;

class PowerHoldTest {

    private static final NodeName HERE = new NodeName("here");
    private static final NodeName NODE = new NodeName("host");
    private static final NodeName OTHER = new NodeName("other");
    private static final DeviceName UPS = new DeviceName("ups1");

    private final Pool pool = new Pool(new PoolName("default"), NODE, new DeviceName("default"), "disk", ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT, new byte[0],
            Instant.EPOCH, null);
    private final PowerHold hold = new PowerHold(new JobRows(pool).store(), HERE);
    private final Checked job = new Checked.Verify(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0), List.of(pool), null, pool.name());

    private static NodeReport.Power power(Supply supply, boolean held, String problem) {
        return new NodeReport.Power(UPS, supply, held, 2304, -1, Instant.EPOCH, problem);
    }

    @Test
    void holdsTheJobsOfThatNodeOnly() {
        assertNull(hold.why(job));
        hold.tells(OTHER, power(Supply.BATTERY, true, ""));
        assertNull(hold.why(job));
        hold.tells(NODE, power(Supply.BATTERY, false, ""));
        assertNull(hold.why(job));
        hold.tells(NODE, power(Supply.BATTERY, true, ""));
        assertEquals("storage node host runs on battery: ups1 says so; it goes on by itself when the mains are back for good", hold.why(job));
        hold.tells(NODE, power(Supply.MAINS, true, ""));
        assertNotNull(hold.why(job));
        hold.tells(NODE, power(Supply.MAINS, false, ""));
        assertNull(hold.why(job));
    }

    @Test
    void holdsAllJobsWhereTheServerItselfIsOnBattery() {
        hold.tells(HERE, power(Supply.LOW, true, ""));
        assertTrue(hold.why(job).contains("the battery is almost empty"), hold.why(job));
        assertNull(hold.why(new Checked.Driver(null)));
        hold.gone(HERE, UPS);
        assertNull(hold.why(job));
    }

    @Test
    void anotherSourceThatIsOnMainsFreesNothing() {
        hold.tells(NODE, power(Supply.BATTERY, true, ""));
        hold.tells(NODE, new NodeReport.Power(new DeviceName("ups2"), Supply.MAINS, false, -1, 50, Instant.EPOCH, ""));
        assertNotNull(hold.why(job));
        assertEquals(List.of(new Power("ups1", "host", "battery", true, 230.4, null, Instant.EPOCH, ""),
                new Power("ups2", "host", "mains", false, null, 50, Instant.EPOCH, "")), hold.power());
        hold.left(NODE);
        assertNull(hold.why(job));
        assertEquals(List.of(), hold.power());
    }

    @Test
    void warnsOfWhatNeedsALook() {
        hold.tells(NODE, power(Supply.MAINS, false, ""));
        assertEquals(List.of(), texts(hold));
        hold.tells(NODE, power(Supply.MAINS, false, "it says that it is broken"));
        assertEquals(List.of("power source ups1 of storage node host: it says that it is broken"), texts(hold));
        hold.tells(NODE, power(Supply.UNKNOWN, false, "no answer"));
        assertEquals(List.of("power source ups1 of storage node host is silent: no answer; if the power fails, nobody notices"), texts(hold));
        hold.tells(NODE, power(Supply.UNKNOWN, true, "no answer"));
        assertTrue(texts(hold).getFirst().endsWith("jobs wait, for it was on battery; \"azekura device remove ups1\" has them go on"), () -> texts(hold).toString());
        hold.tells(NODE, power(Supply.BATTERY, true, ""));
        assertEquals(List.of("power source ups1 of storage node host is on battery; jobs wait"), texts(hold));
    }

    private static List<String> texts(PowerHold hold) {
        return hold.alerts().stream().map(Alert::text).toList();
    }
}
