package org.azekura.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallTest {

    @Test
    void decodesParameters() throws Exception {
        assertEquals(Map.of("path", "/a b/%FF", "limit", ""), Call.parse("path=%2Fa+b%2F%25FF&limit", Set.of("path", "limit")));
        assertEquals(Map.of(), Call.parse(null, Set.of()));
    }

    @Test
    void refusesABrokenEscape() {
        assertThrows(Refusal.class, () -> Call.parse("path=%zz", Set.of("path")));
        assertThrows(Refusal.class, () -> Call.parse("path=%2", Set.of("path")));
    }

    @Test
    void namesTheParametersThereAre() {
        String message = assertThrows(Refusal.class, () -> Call.parse("paht=/", Set.of("path", "after"))).getMessage();
        assertEquals("\"paht\" is no parameter here; there is after, path", message);
    }

    @Test
    void grantsOnlyTheTokenItself() {
        Access access = new Access("secret");
        assertTrue(access.grants("Bearer secret") && access.grants("bearer  secret "));
        for (String header : new String[] {null, "", "Bearer", "Bearer ", "Bearer secre", "Bearer secrets", "Basic secret"}) {
            assertEquals(false, access.grants(header), header);
        }
    }
}
