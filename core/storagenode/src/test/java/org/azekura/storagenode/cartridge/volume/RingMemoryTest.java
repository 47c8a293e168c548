package org.azekura.storagenode.cartridge.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RingMemoryTest {

    private static final long MIB = 1 << 20;

    private final RingMemory memory = new RingMemory(64 * MIB);

    @Test
    void eachTakesHalfOfWhatIsLeftAndNoMoreThanItWants() {
        assertEquals(10 * MIB, memory.take(10 * MIB));
        assertEquals(27 * MIB, memory.take(100 * MIB));
        memory.give(27 * MIB);
        memory.give(10 * MIB);
        assertEquals(32 * MIB, memory.take(100 * MIB));
    }

    @Test
    void everybodyGetsSome() {
        for (int i = 0; i < 20; i++) {
            assertTrue(memory.take(100 * MIB) >= 4 * MIB);
        }
    }

    @Test
    void whatIsAllowedCountsFromNowOn() {
        assertEquals(32 * MIB, memory.take(100 * MIB));
        memory.allow(16 * MIB);
        assertEquals(4 * MIB, memory.take(100 * MIB));
        memory.give(4 * MIB);
        memory.give(32 * MIB);
        assertEquals(8 * MIB, memory.take(100 * MIB));
    }

    @Test
    void theUsualIsAGibibyteAtMost() {
        assertTrue(RingMemory.usual() > 4 * MIB && RingMemory.usual() <= 1 << 30);
    }
}
