package org.azekura.cli.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.azekura.cli.text.Json;

/**
 * A document of rows that are written as they come. Nothing is written before the first one, and the array ends only when it is
 * complete: a command that fails answers nothing, or what no reader takes for an answer.
 */
final class JsonArray implements AutoCloseable {

    private final PrintStream out;
    private final JsonGenerator json;
    private boolean begun;

    JsonArray(PrintStream out) {
        this.out = out;
        try {
            json = Json.generator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    }

    void add(JsonNode row) {
        try {
            begin();
            Json.write(json, row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void complete() {
        try {
            begin();
            json.writeEndArray();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }

    private void begin() throws IOException {
        if (!begun) {
            begun = true;
            json.writeStartArray();
        }
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
