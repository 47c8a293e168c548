package org.azekura.driver.ups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import org.azekura.api.BackupException;
import org.azekura.api.device.PowerState;
import org.azekura.api.device.PowerState.Supply;
import org.junit.jupiter.api.Test;

class BeliefTest {

    private Instant now = Instant.parse("2026-11-26T10:00:00Z");
    private final Instant begun = now;

    private Belief belief(Map<String, Object> settings) throws BackupException {
        return new Belief(setup(settings), now);
    }

    private static Setup setup(Map<String, Object> settings) throws BackupException {
        Map<String, Object> all = new java.util.HashMap<>(settings);
        all.put("port", "/dev/ttyS0");
        return Setup.check(Settings.with(all));
    }

    /** Two seconds later. */
    private PowerState hear(Belief belief, double battery, String bits) throws BackupException {
        now = now.plusSeconds(2);
        belief.answered(UpsStatus.parse("(230.4 230.4 230.0 017 49.9 " + battery + " 31.5 " + bits), now);
        return belief.state(now);
    }

    private PowerState mains(Belief belief) throws BackupException {
        return hear(belief, 27.1, "00001000");
    }

    private PowerState battery(Belief belief) throws BackupException {
        return hear(belief, 24.9, "10001000");
    }

    private PowerState low(Belief belief) throws BackupException {
        return hear(belief, 21.2, "11001000");
    }

    @Test
    void believesWhatItHearsTwice() throws Exception {
        Belief belief = belief(Map.of());
        assertEquals(Supply.UNKNOWN, belief.state(now).supply());
        assertEquals(Supply.UNKNOWN, mains(belief).supply());
        assertEquals(Supply.MAINS, mains(belief).supply());
        assertEquals(Supply.MAINS, battery(belief).supply());
        assertEquals(Supply.MAINS, mains(belief).supply());
        assertEquals(Supply.MAINS, low(belief).supply());
        assertEquals(Supply.MAINS, battery(belief).supply());
        PowerState believed = battery(belief);
        assertEquals(Supply.BATTERY, believed.supply());
        assertEquals(now, believed.since());
        assertEquals(Supply.BATTERY, low(belief).supply());
        assertEquals(Supply.LOW, low(belief).supply());
    }

    @Test
    void staysLowUntilTheMainsAreBack() throws Exception {
        Belief belief = belief(Map.of());
        low(belief);
        low(belief);
        battery(belief);
        assertEquals(Supply.LOW, battery(belief).supply());
        mains(belief);
        assertEquals(Supply.MAINS, mains(belief).supply());
    }

    @Test
    void saysSinceWhenItHasHeardNothing() throws Exception {
        Belief belief = belief(Map.of("silence__s", 10));
        assertEquals("it has not answered yet", belief.state(now.plusSeconds(60)).problem());
        assertEquals(begun, belief.state(now.plusSeconds(60)).since());
        mains(belief);
        mains(belief);
        belief.trouble("no answer");
        assertEquals(Supply.MAINS, belief.state(now.plusSeconds(10)).supply());
        PowerState silent = belief.state(now.plusSeconds(11));
        assertEquals(Supply.UNKNOWN, silent.supply());
        assertEquals("no answer", silent.problem());
        assertEquals(now, silent.since());
        battery(belief);
        assertEquals(Supply.BATTERY, battery(belief).supply());
    }

    @Test
    void countsTheChargeAndCallsItLow() throws Exception {
        Belief belief = belief(Map.of("empty__V", 21.6, "full__V", 27.2, "low__percent", 30));
        mains(belief);
        assertEquals(OptionalInt.of(98), mains(belief).charge());
        hear(belief, 24.4, "10001000");
        assertEquals(Supply.BATTERY, hear(belief, 24.4, "10001000").supply());
        hear(belief, 23.2, "10001000");
        PowerState low = hear(belief, 23.2, "10001000");
        assertEquals(Supply.LOW, low.supply());
        assertEquals(OptionalInt.of(29), low.charge());
        assertEquals(OptionalInt.empty(), battery(belief(Map.of())).charge());
    }

    @Test
    void callsItLowWhenItHasLasted() throws Exception {
        Belief belief = belief(Map.of("longest__s", 60));
        battery(belief);
        battery(belief);
        now = now.plusSeconds(56);
        assertEquals(Supply.UNKNOWN, belief.state(now).supply());
        battery(belief);
        assertEquals(Supply.BATTERY, battery(belief).supply());
        for (int i = 0; i < 28; i++) {
            assertEquals(Supply.BATTERY, battery(belief).supply());
        }
        battery(belief);
        battery(belief);
        assertEquals(Supply.LOW, battery(belief).supply());
    }

    @Test
    void saysWhatIsBroken() throws Exception {
        Belief belief = belief(Map.of());
        hear(belief, 27.1, "00011000");
        assertEquals("it says that it is broken", hear(belief, 27.1, "00011000").problem());
        hear(belief, 21.2, "01001000");
        assertEquals("its battery is almost empty", hear(belief, 21.2, "01001000").problem());
    }
}
