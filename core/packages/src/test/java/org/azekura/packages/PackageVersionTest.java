package org.azekura.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageVersionTest {

    @Test
    void ordersByNumbersAndNotByDigits() {
        List<String> rising = List.of("0.0.0", "0.0.9", "0.0.10", "0.2.0", "0.10.0", "1.0.0", "1.0.1", "10.0.0");
        assertEquals(rising, Stream.of("10.0.0", "1.0.1", "0.10.0", "0.0.10", "0.0.0", "0.2.0", "1.0.0", "0.0.9").map(PackageVersion::parse).sorted()
                .map(PackageVersion::toString).toList());
    }

    @Test
    void isThreeNumbers() {
        for (String other : List.of("", "1", "1.2", "1.2.3.4", "1.2.x", "01.2.3", "1..2", "-1.0.0", "1.2.3-SNAPSHOT", "1234567.0.0", "1.2.3 ")) {
            assertThrows(IllegalArgumentException.class, () -> PackageVersion.parse(other), other);
        }
    }

    @Test
    void isOfABundleWithWhatBundlesMayLeaveOut() {
        assertEquals("1.0.0", PackageVersion.loose("1").toString());
        assertEquals("1.2.0", PackageVersion.loose(" 1.2 ").toString());
        assertEquals("1.2.3", PackageVersion.loose("1.2.3.201612221530-rc1").toString());
        assertThrows(IllegalArgumentException.class, () -> PackageVersion.loose("1.x"));
    }

    @Test
    void aNeedTakesTheFirstOfItsRangeAndNotTheLast() {
        SpiNeed need = SpiNeed.parse("org.azekura.api.device [0.1.0,1.0.0)");
        assertTrue(need.takes(PackageVersion.parse("0.1.0")));
        assertTrue(need.takes(PackageVersion.parse("0.99.0")));
        assertFalse(need.takes(PackageVersion.parse("1.0.0")));
        assertFalse(need.takes(PackageVersion.parse("0.0.9")));
        for (String other : List.of("", "a", "a [1.0.0,1.0.0)", "a [2.0.0,1.0.0)", "a (1.0.0,2.0.0)", "a [1.0.0,2.0.0]", "a..b [1.0.0,2.0.0)", "a b [1.0.0,2.0.0)")) {
            assertThrows(IllegalArgumentException.class, () -> SpiNeed.parse(other), other);
        }
    }
}
