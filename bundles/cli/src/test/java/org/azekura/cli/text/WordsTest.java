package org.azekura.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void tellsTheWordNullFromNothing() throws Exception {
        JsonNode row = Json.read("{\"name\":\"null\",\"nothing\":null,\"count\":7}");
        assertEquals("null", Words.text(row, "name"));
        assertEquals("", Words.text(row, "nothing"));
        assertEquals("", Words.text(row, "absent"));
        assertEquals("7", Words.text(row, "count"));
    }
}
