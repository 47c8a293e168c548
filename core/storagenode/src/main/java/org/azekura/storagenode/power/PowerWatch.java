package org.azekura.storagenode.power;

import java.time.Duration;
import org.azekura.api.device.PowerSource.Patience;
import org.azekura.api.device.PowerState;

/**
 * What is to be done about one source of power, from what it says over time. Power that comes and goes changes nothing until it has stayed as it is for as
 * long as the operator wants; silence changes nothing at all. Used by one thread.
 */
final class PowerWatch {

    /** What is to be done now. */
    enum Step { GO_ON, HOLD, STOP }

    private static final long NEVER = Long.MIN_VALUE;

    private long batterySince = NEVER;
    private long mainsSince = NEVER;
    private boolean held;

    /** @param now nanoseconds of a clock that only runs forward */
    Step see(PowerState.Supply supply, Patience patience, long now) {
        switch (supply) {
            case MAINS -> {
                batterySince = NEVER;
                mainsSince = mainsSince == NEVER ? now : mainsSince;
                held &= isShorter(mainsSince, now, patience.mains());
            }
            case BATTERY, LOW -> {
                mainsSince = NEVER;
                batterySince = batterySince == NEVER ? now : batterySince;
                held |= supply == PowerState.Supply.LOW || !isShorter(batterySince, now, patience.battery());
            }
            case UNKNOWN -> {
                // neither on battery nor on mains for sure: what has begun is not counted on
                batterySince = NEVER;
                mainsSince = NEVER;
            }
        }
        return supply == PowerState.Supply.LOW ? Step.STOP : held ? Step.HOLD : Step.GO_ON;
    }

    private static boolean isShorter(long since, long now, Duration than) {
        return now - since < than.toNanos();
    }
}
