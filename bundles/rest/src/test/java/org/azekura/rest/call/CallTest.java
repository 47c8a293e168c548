package org.azekura.rest.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallTest {

    private static List<Parameter> known(String... names) {
        return Stream.of(names).map(name -> Parameter.text(name, "x", "says")).toList();
    }

    @Test
    void decodesParameters() throws Exception {
        assertEquals(Map.of("path", "/a b/%FF", "limit", ""), Call.parse("path=%2Fa+b%2F%25FF&limit", known("path", "limit")));
        assertEquals(Map.of(), Call.parse(null, List.of()));
    }

    @Test
    void refusesABrokenEscape() {
        assertThrows(Refusal.class, () -> Call.parse("path=%zz", known("path")));
        assertThrows(Refusal.class, () -> Call.parse("path=%2", known("path")));
    }

    @Test
    void namesTheParametersThereAre() {
        String message = assertThrows(Refusal.class, () -> Call.parse("paht=/", known("path", "after"))).getMessage();
        assertEquals("\"paht\" is no parameter here; there is after, path", message);
    }
}
