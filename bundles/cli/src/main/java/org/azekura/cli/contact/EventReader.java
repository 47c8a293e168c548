package org.azekura.cli.contact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.azekura.cli.text.Json;

/** Reads server-sent events. */
public final class EventReader implements AutoCloseable {

    private final Answer answer;
    private final BufferedReader lines;

    EventReader(Answer answer) {
        this.answer = answer;
        this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    /** The next event's content; a missing node for a sign of life; null at the end of the stream. */
    public JsonNode next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                return Json.read(line.substring(5));
            }
            if (line.startsWith(":")) {
                return MissingNode.getInstance();
            }
        }
        return null;
    }

    /** Drops the connection: an event stream has no end to wait for. */
    @Override
    public void close() {
        answer.close();
    }
}
