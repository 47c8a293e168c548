package org.azekura.storagenode.power;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.azekura.api.device.PowerSource.Patience;
import org.azekura.api.device.PowerState.Supply;
import org.azekura.storagenode.power.PowerWatch.Step;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

class PowerWatchTest {

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(5), Duration.ofSeconds(60));

    private final PowerWatch watch = new PowerWatch();
    private long now_s = 1_000_000;

    /** What is to be done when this has lasted so long; it is looked at every second. */
    private Step after(int seconds, Supply supply) {
        Step step = watch.see(supply, PATIENCE, TimeUnit.SECONDS.toNanos(now_s));
        for (int i = 0; i < seconds; i++) {
            step = watch.see(supply, PATIENCE, TimeUnit.SECONDS.toNanos(++now_s));
        }
        return step;
    }

    @Test
    void holdsOnlyWhatLasts() {
        assertEquals(Step.GO_ON, after(100, Supply.MAINS));
        assertEquals(Step.GO_ON, after(4, Supply.BATTERY));
        assertEquals(Step.GO_ON, after(1, Supply.MAINS));
        assertEquals(Step.GO_ON, after(4, Supply.BATTERY));
        assertEquals(Step.HOLD, after(1, Supply.BATTERY));
    }

    @Test
    void goesOnWhenTheMainsHaveStayed() {
        after(10, Supply.BATTERY);
        assertEquals(Step.HOLD, after(59, Supply.MAINS));
        assertEquals(Step.HOLD, after(1, Supply.BATTERY));
        assertEquals(Step.HOLD, after(59, Supply.MAINS));
        assertEquals(Step.GO_ON, after(1, Supply.MAINS));
    }

    @Test
    void stopsWhenItIsLowAtOnce() {
        assertEquals(Step.STOP, after(0, Supply.LOW));
        assertEquals(Step.HOLD, after(0, Supply.BATTERY));
        assertEquals(Step.HOLD, after(59, Supply.MAINS));
        assertEquals(Step.GO_ON, after(1, Supply.MAINS));
    }

    @Test
    void silenceChangesNothing() {
        assertEquals(Step.GO_ON, after(1000, Supply.UNKNOWN));
        after(4, Supply.BATTERY);
        assertEquals(Step.GO_ON, after(1000, Supply.UNKNOWN));
        assertEquals(Step.GO_ON, after(4, Supply.BATTERY));
        assertEquals(Step.HOLD, after(1, Supply.BATTERY));
        assertEquals(Step.HOLD, after(1000, Supply.UNKNOWN));
        assertEquals(Step.HOLD, after(59, Supply.MAINS));
        assertEquals(Step.HOLD, after(1000, Supply.UNKNOWN));
        assertEquals(Step.HOLD, after(59, Supply.MAINS));
        assertEquals(Step.GO_ON, after(1, Supply.MAINS));
    }

    /** Mains that flap, for days: whatever comes, jobs begin again only after a minute of nothing but mains, and are held only after 5 s of battery. */
    @Test
    void neverFlaps() {
        Random random = Seeds.random(Seeds.start());
        int battery = 0;
        int mains = 0;
        Step before = Step.GO_ON;
        for (int second = 0; second < 200_000; second++) {
            Supply supply = random.nextInt(10) > 0 ? (mains > 0 ? Supply.MAINS : Supply.BATTERY) : Supply.values()[random.nextInt(2)];
            battery = supply == Supply.BATTERY ? battery + 1 : 0;
            mains = supply == Supply.MAINS ? mains + 1 : 0;
            Step step = watch.see(supply, PATIENCE, TimeUnit.SECONDS.toNanos(second));
            if (step == Step.HOLD && before == Step.GO_ON) {
                assertEquals(6, battery, "held too early or too late");
            }
            if (step == Step.GO_ON && before == Step.HOLD) {
                assertEquals(61, mains, "gone on too early or too late");
            }
            before = step;
        }
    }
}
