package org.azekura.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.azekura.api.device.Alert;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.ElementAddress;
import org.azekura.api.device.Position;
import org.azekura.api.device.WriteResult;
import org.junit.jupiter.api.Test;

/** The values that drives and changers deal in check themselves. */
class DeviceValuesTest {

    @Test
    void barcodesAreWhatAScannerReads() {
        for (String good : List.of("A00017L8", "x", "A 1", "!".repeat(32), "CLN001CU")) {
            assertEquals(good, new Barcode(good).toString());
        }
        for (String bad : List.of("", " A", "A ", "A\n", "Ä", "!".repeat(33), "A\0")) {
            assertThrows(IllegalArgumentException.class, () -> new Barcode(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> new Barcode(null));
        assertTrue(new Barcode("CLN001CU").isCleaning());
        assertFalse(new Barcode("A00001L8").isCleaning());
    }

    @Test
    void positionsAreInTheOrderOfTheTape() {
        List<Position> order = List.of(Position.of(0), Position.of(9), new Position(9, "p0:10"), Position.of(10), Position.of(1L << 40));
        assertEquals(order, order.reversed().stream().sorted().toList());
        assertEquals("9/p0:10", order.get(2).toString());
        assertThrows(IllegalArgumentException.class, () -> Position.of(-1));
        assertThrows(IllegalArgumentException.class, () -> new Position(0, "a b"));
        assertThrows(IllegalArgumentException.class, () -> new Position(0, "x".repeat(65)));
    }

    @Test
    void addressesAreOfTwoBytes() {
        assertEquals("65535", new ElementAddress(0xffff).toString());
        assertThrows(IllegalArgumentException.class, () -> new ElementAddress(-1));
        assertThrows(IllegalArgumentException.class, () -> new ElementAddress(0x10000));
    }

    @Test
    void alertsHaveAMeaningEvenIfNobodyKnowsIt() {
        assertEquals(Alert.Severity.CRITICAL, new Alert(20).severity());
        assertEquals("TapeAlert 20: the drive must be cleaned now", new Alert(20).toString());
        assertEquals(Alert.Severity.WARNING, new Alert(64).severity());
        assertEquals("TapeAlert 64", new Alert(64).toString());
        assertThrows(IllegalArgumentException.class, () -> new Alert(0));
        assertThrows(IllegalArgumentException.class, () -> new Alert(65));
    }

    @Test
    void onlyWhatIsFullIsNotWritten() {
        for (WriteResult result : WriteResult.values()) {
            assertEquals(result != WriteResult.FULL, result.isWritten());
        }
    }
}
