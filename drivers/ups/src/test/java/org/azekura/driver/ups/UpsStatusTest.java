package org.azekura.driver.ups;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;

class UpsStatusTest {

    /** The example of the protocol's own description. */
    private static final String DOCUMENTED = "(208.4 140.0 208.4 034 59.9 2.05 35.0 00110000";

    @Test
    void readsTheDocumentedExample() throws BackupException {
        assertEquals(new UpsStatus(OptionalDouble.of(208.4), OptionalDouble.of(2.05), false, false, true), UpsStatus.parse(DOCUMENTED));
    }

    @Test
    void knowsBatteryAndLow() throws BackupException {
        UpsStatus low = UpsStatus.parse("(000.0 000.0 230.0 017 49.9 21.2 31.5 11001000");
        assertTrue(low.onBattery() && low.low());
        assertFalse(UpsStatus.parse("(000.0 000.0 230.0 017 49.9 24.9 31.5 10001000").low());
    }

    @Test
    void takesWhatIsNotMeasured() throws BackupException {
        UpsStatus status = UpsStatus.parse("(---.- ---.- 230.0 --- 49.9 -.-- --.- 00001000");
        assertEquals(OptionalDouble.empty(), status.input());
        assertEquals(OptionalDouble.empty(), status.battery());
    }

    @Test
    void refusesHalfAnswersAndNoise() {
        for (String wrong : List.of("", "(", DOCUMENTED.substring(0, 30), DOCUMENTED + "0", DOCUMENTED + " 0", DOCUMENTED.substring(1), "Q1", "(NaN" + DOCUMENTED.substring(6),
                DOCUMENTED.replace("034", "-34"), DOCUMENTED.replace("00110000", "00210000"), "(" + "1".repeat(9000))) {
            assertRefused("device.garbled", () -> UpsStatus.parse(wrong));
        }
    }
}
