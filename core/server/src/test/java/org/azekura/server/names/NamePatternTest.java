package org.azekura.server.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.azekura.api.RawPath;
import org.junit.jupiter.api.Test;

class NamePatternTest {

    @Test
    void ignoresCaseOnlyIfAsked() {
        RawPath path = RawPath.of("/x/Größe.TXT");
        byte[] name = path.names().getLast();
        assertTrue(NamePattern.of("grÖße.txt", true).matches(path, name));
        assertFalse(NamePattern.of("grÖße.txt", false).matches(path, name));
        assertTrue(NamePattern.of("/X/*", true).matches(path, name));
        assertFalse(NamePattern.of("[x]*", false).matches(path, name));
        assertThrows(IllegalArgumentException.class, () -> NamePattern.of("", false));
    }
}
