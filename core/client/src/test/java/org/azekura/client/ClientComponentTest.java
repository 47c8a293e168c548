package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClientComponentTest {

    @Test
    void aHookHasTenMinutesAndTheFolderOfTheHomeUnlessSomebodySaysOtherwise() throws Exception {
        assertEquals(600, ClientComponent.Settings.class.getMethod("hookTime__s").getDefaultValue());
        assertArrayEquals(new String[0], (String[]) ClientComponent.Settings.class.getMethod("hookFolders").getDefaultValue());
    }
}
