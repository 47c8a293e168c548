package org.azekura.server.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentTest {

    @Test
    void readsWhatAnUpdateOffersFromItsDescription() {
        assertEquals(Map.of("org.azekura.api", "0.4.0", "org.azekura.api.device", "0.9.0"),
                Content.of("c", "1.0.0", "Offers to drivers org.azekura.api 0.4.0, org.azekura.api.device 0.9.0").offered());
        assertEquals(Map.of(), Content.of("c", "1.0.0", "").offered());
        assertEquals(Map.of(), Content.of("c", "1.0.0", "a version in which org.azekura.api is better").offered());
    }
}
