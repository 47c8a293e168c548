package org.azekura.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1,-2,3000000000,99999999999999999999999,1.5,-2.5E-9],\"b\":{\"c\":null,\"d\":[],\"e\":{}}}",
            "[true,false,null,\"\",\"校倉 \\\"\\\\\\n\\u0000 \\ud83d\\ude00\"]", "7", "\"x\"", "null", "[[[[]]]]"})
    void readsAndWritesWhatTheMapperDoes(String text) throws Exception {
        assertEquals(MAPPER.readTree(text), Json.read(text));
        assertEquals(MAPPER.readTree(text).toString(), Json.text(Json.read(text)));
        assertEquals(MAPPER.readTree(text), MAPPER.readTree(Json.bytes(Json.read(text))));
    }

    @Test
    void takesNothingForAMissingNode() throws Exception {
        assertTrue(Json.read(InputStream.nullInputStream()).isMissingNode());
        assertEquals("{\"a\":null}", Json.text(Json.object().set("a", Json.object().path("b"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"a\":", "[1,", "{\"a\" 1}", "\"abc", "nul", "[1}"})
    void refusesWhatIsNoJson(String text) {
        assertThrows(JacksonException.class, () -> Json.read(text));
        assertThrows(JacksonException.class, () -> Json.read(new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void refusesADepthThatWouldTakeTheWholeStack() {
        assertThrows(JacksonException.class, () -> Json.read("[".repeat(100_000)));
    }
}
