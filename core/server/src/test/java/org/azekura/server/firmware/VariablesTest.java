package org.azekura.server.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class VariablesTest {

    @Test
    void readsValuesAsTheUpdaterQuotesThem() {
        Variables said = Variables.of("RAUC_MF_VERSION='1.2.3'\nRAUC_MF_IMAGES=2\nRAUC_MF_DESCRIPTION='it'\\''s new = good'\nRAUC_MF_BUILD=''\nother='x'\n");
        assertEquals("1.2.3", said.get("MF_VERSION"));
        assertEquals("2", said.get("MF_IMAGES"));
        assertEquals("it's new = good", said.get("MF_DESCRIPTION"));
        assertEquals("", said.get("MF_BUILD"));
        assertEquals("", said.get("NOT_TOLD"));
    }

    @Test
    void readsSlotsByTheirNumbers() {
        assertEquals(List.of("rootfs.1", "kernel.0"), Variables.of("RAUC_SYSTEM_SLOTS='rootfs.1 kernel.0 '\n").words("SYSTEM_SLOTS"));
    }
}
