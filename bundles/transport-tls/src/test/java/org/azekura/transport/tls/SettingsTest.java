package org.azekura.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static Settings of(Map<String, String> properties) {
        return Settings.of(properties::get);
    }

    @Test
    void whatIsNotSetHasADefault() {
        Settings settings = of(Map.of());
        assertEquals("127.0.0.1", settings.host());
        assertEquals(8444, settings.port());
        assertEquals(Duration.ofSeconds(5), settings.ping());
        assertEquals(Duration.ofSeconds(15), settings.silence());
        assertEquals(Duration.ofSeconds(60), settings.grace());
        assertEquals(Duration.ofSeconds(10), settings.greeting());
        assertEquals(128, settings.unfinished());
        assertTrue(settings.memory() >= 15 << 20 && settings.memory() <= 64 << 20, settings.toString());
    }

    @Test
    void everythingCanBeSet() {
        assertEquals(new Settings("::", 0, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4), 5, 32 << 20),
                of(Map.of("azekura.transport.host", " :: ", "azekura.transport.port", "0", "azekura.transport.ping_s", "1",
                        "azekura.transport.silence_s", "2", "azekura.transport.grace_s", "3", "azekura.transport.greeting_s", "4",
                        "azekura.transport.unfinished", "5", "azekura.transport.memory_MiB", "32")));
    }

    @Test
    void whatIsWrongIsRefusedByItsName() {
        for (var wrong : Map.of("port", "70000", "ping_s", "0", "grace_s", "long", "memory_MiB", "1", "unfinished", "-1").entrySet()) {
            var e = assertThrows(IllegalArgumentException.class, () -> of(Map.of("azekura.transport." + wrong.getKey(), wrong.getValue())));
            assertTrue(e.getMessage().contains("azekura.transport." + wrong.getKey()), e.getMessage());
        }
    }
}
