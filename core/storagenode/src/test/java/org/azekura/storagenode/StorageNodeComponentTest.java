package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StorageNodeComponentTest {

    @Test
    void ringsTakeWhatTheMachineHasUnlessSomebodySaysOtherwise() throws Exception {
        assertEquals(0, StorageNodeComponent.Settings.class.getMethod("ringMemory__MiB").getDefaultValue());
    }
}
