package org.azekura.api.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.azekura.api.PoolName;
import org.junit.jupiter.api.Test;

class MediaSetTest {

    private static final PoolName TAPE = new PoolName("tape");

    @Test
    void itsNameSaysWhoseItIsAndWhich() {
        MediaSet set = MediaSet.of(TAPE, 12);
        assertEquals("tape.set12", set.name().value());
        assertEquals(Optional.of(set), MediaSet.called(set.name()));
        assertEquals(Optional.of(MediaSet.of(new PoolName("a.set2"), 3)), MediaSet.called(new PoolName("a.set2.set3")));
        for (String other : new String[] {"tape", "tape.set", "tape.set1", "tape.set02", "tape.set0", "tape.set2x", "set2"}) {
            assertEquals(Optional.empty(), MediaSet.called(new PoolName(other)));
        }
    }

    @Test
    void isOfOnePoolOnly() {
        assertTrue(MediaSet.isOf(TAPE, TAPE) && MediaSet.isOf(new PoolName("tape.set2"), TAPE));
        assertFalse(MediaSet.isOf(new PoolName("tape2"), TAPE) || MediaSet.isOf(TAPE, new PoolName("tape.set2")));
        assertThrows(IllegalArgumentException.class, () -> MediaSet.of(new PoolName("a".repeat(60)), 2));
    }
}
