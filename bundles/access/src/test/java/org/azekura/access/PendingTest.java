package org.azekura.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingTest {

    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final Pending<String> pending = new Pending<>(() -> now);

    @Test
    void oneCustomersAddressesOfVersion6PushNobodyElseOut() {
        pending.begin("mine", "a login", "2001:db8:1::1");
        for (int i = 0; i < Pending.OF_ALL + 1; i++) {
            pending.begin("his " + i, "another", "2001:db8:2::" + Integer.toHexString(i));
        }
        assertEquals(Optional.of("a login"), pending.take("mine"));
        assertEquals(Optional.empty(), pending.take("his " + (Pending.OF_ALL - Pending.FROM_ONE)));
        assertEquals(Optional.of("another"), pending.take("his " + Pending.OF_ALL));
    }

    @Test
    void comesOnceAndInTime() {
        pending.begin("one", "it", "192.0.2.1");
        assertEquals(Optional.of("it"), pending.take("one"));
        assertEquals(Optional.empty(), pending.take("one"));
        assertEquals(Optional.empty(), pending.take(null));
        pending.begin("late", "it", "192.0.2.1");
        now = now.plus(Pending.PATIENCE).plusSeconds(1);
        assertEquals(Optional.empty(), pending.take("late"));
    }
}
