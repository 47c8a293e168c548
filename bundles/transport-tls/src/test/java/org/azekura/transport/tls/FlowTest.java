package org.azekura.transport.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FlowTest {

    @Test
    void isLowWhenOnlyLittleCameForSomeTimeAndNoMoreOnceMuchDoes() {
        Flow flow = new Flow();
        for (int i = 1; i < 8; i++) {
            assertFalse(flow.isLow(100), "after " + i);
        }
        assertTrue(flow.isLow(100));
        assertTrue(flow.isLow(0));
        assertFalse(flow.isLow(64 << 10));
        assertFalse(flow.isLow(100));
    }
}
