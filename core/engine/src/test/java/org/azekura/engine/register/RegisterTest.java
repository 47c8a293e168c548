package org.azekura.engine.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.Golden;
import org.junit.jupiter.api.Test;

class RegisterTest {

    @Test
    void isWrittenAsEver() throws Exception {
        Golden.check("packs.register", RegisterSeeds.small());
    }

    @Test
    void saysWhatWasWritten() throws Exception {
        List<Object> items = RegisterSeeds.read(Golden.read("packs.register"));
        assertEquals(7, items.size());
        assertEquals(List.of(new RegisteredPack(new PackId(8, 9), false, new TrustGroup(10, 11), 5_000_000_000L, 3, 2), List.of(0, 1)), items.get(2));
        assertEquals(List.of(1, new ChunkId(5, 6, 7, 8), 100, 200, 0), items.get(5));
    }

    @Test
    void aByteThatChangedOrIsMissingIsNoticed() throws Exception {
        byte[] sound = RegisterSeeds.small();
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 4;
            assertThrows(BackupException.class, () -> RegisterSeeds.read(damaged), "byte " + at);
            byte[] cut = Arrays.copyOf(sound, at);
            assertThrows(BackupException.class, () -> RegisterSeeds.read(cut), "cut at " + at);
        }
    }
}
