package org.azekura.storagenode.cartridge.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.azekura.api.VolumeId;
import org.junit.jupiter.api.Test;

class LeftMarkTest {

    @Test
    void aMarkIsTheNameOfABlob() {
        LeftMark mark = new LeftMark(12, new VolumeId(1, 0xab));
        assertEquals("azekura-left/0000000c-000000000000000100000000000000ab", mark.key());
        assertEquals(mark, LeftMark.of(mark.key()));
        for (String key : List.of("", "azekura-left/", "azekura-left/0000000c-00000000000000010000000000000", "azekura-left/00000000-000000000000000100000000000000ab",
                "azekura-left/0000000C-000000000000000100000000000000ab", "packs/0000000c-000000000000000100000000000000ab",
                "azekura-left/ffffffff-000000000000000100000000000000ab", "azekura-left/0000000c-000000000000000100000000000000ab0")) {
            assertNull(LeftMark.of(key), key);
        }
    }
}
