package org.azekura.testkit.device;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.azekura.api.device.PowerSource;
import org.azekura.api.device.PowerState;
import org.junit.jupiter.api.Test;

/** What every {@link PowerSource} does. It needs one whose device is there and answers. */
public interface PowerSourceContract {

    /** The source of this test; the same one at every call. */
    PowerSource source();

    /** Closes it as when its service goes. */
    void close() throws Exception;

    @Test
    default void answersAndThenKnowsHowItStands() throws Exception {
        assertFalse(source().location().isBlank());
        source().selfTest();
        PowerState state = source().state();
        assertNotEquals(PowerState.Supply.UNKNOWN, state.supply(), state::toString);
        assertFalse(state.since().isAfter(Instant.now()), state::toString);
        assertTrue(state.voltage().orElse(0) >= 0, state::toString);
    }

    @Test
    default void isAlwaysAsPatient() {
        assertEquals(source().patience(), source().patience());
    }

    @Test
    default void knowsNothingWhenClosed() throws Exception {
        source().selfTest();
        close();
        assertEquals(PowerState.Supply.UNKNOWN, source().state().supply());
        assertRefused("device.closed", source()::selfTest);
    }
}
