package org.azekura.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GateTest {

    private final Gate gate = new Gate(() -> Instant.EPOCH);

    @Test
    void holdsUpManyNamesFromOneAddress() {
        for (int i = 0; i < 20; i++) {
            assertEquals(Duration.ZERO, gate.pass("name" + i, "192.0.2.1"));
        }
        assertTrue(gate.pass("another", "192.0.2.1").isPositive());
        assertEquals(Duration.ZERO, gate.pass("another", "192.0.2.2"));
    }

    @Test
    void holdsUpOneNameFromManyAddresses() {
        for (int i = 0; i < 4; i++) {
            assertEquals(Duration.ZERO, gate.pass("ann", "192.0.2." + i));
        }
        assertTrue(gate.pass("ann", "192.0.2.77").isPositive());
        gate.unlock("ann");
        assertEquals(Duration.ZERO, gate.pass("ann", "192.0.2.77"));
    }

    @Test
    void takesWhatOneCustomerHasOfIpv6ForOneAddress() {
        for (int i = 0; i < 20; i++) {
            assertEquals(Duration.ZERO, gate.pass("name" + i, "2001:db8:0:1::" + i));
        }
        assertTrue(gate.pass("another", "2001:db8:0:1:ffff::1").isPositive());
        assertEquals(Duration.ZERO, gate.pass("another", "2001:db8:0:2::1"));
    }
}
