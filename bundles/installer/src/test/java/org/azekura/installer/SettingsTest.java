package org.azekura.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.azekura.installer.InstallerComponent.Settings;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void timesAreShortEnoughForWhoWaitsMeanwhile() throws Exception {
        int start = (int) Settings.class.getMethod("startTimeout__s").getDefaultValue();
        int stop = (int) Settings.class.getMethod("stopTimeout__s").getDefaultValue();
        int calls = (int) Settings.class.getMethod("callTimeout__s").getDefaultValue();
        assertEquals("30, 10, 30", start + ", " + stop + ", " + calls);
        // calls end, the old one stops, the new one starts and is tried, is stopped, the old one starts and is tried; a node's calls wait for 240 s
        int longest = calls + stop + 2 * start + stop + 2 * start;
        assertEquals(170, longest);
    }
}
