package org.azekura.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ServerComponentTest {

    @Test
    void cartridgesAreReadWithinAYearUnlessSomebodySaysOtherwise() throws Exception {
        assertEquals(365, ServerComponent.Settings.class.getMethod("readWithin__days").getDefaultValue());
        assertEquals(400, ServerComponent.Settings.class.getMethod("keepJobs__days").getDefaultValue());
        assertEquals(true, ServerComponent.Settings.class.getMethod("takesJobs").getDefaultValue());
        assertEquals(32, ServerComponent.Settings.class.getMethod("jobsAtOnce").getDefaultValue());
    }
}
