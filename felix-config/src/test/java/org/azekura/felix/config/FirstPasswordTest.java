package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FirstPasswordTest {

    @Test
    void leavesItWhereItIsIfALogWouldSeeIt() {
        AtomicReference<String> password = new AtomicReference<>("once");
        Supplier<String> once = () -> password.getAndSet(null);
        assertEquals(Optional.empty(), FirstPassword.shown(once, true));
        assertEquals(Optional.of("once"), FirstPassword.shown(once, false));
        assertEquals(Optional.empty(), FirstPassword.shown(once, false));
    }
}
