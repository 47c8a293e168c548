package org.azekura.cli.contact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.cli.text.Json;

/** The keys that a command promises, out of what the REST interface says. */
public final class Rows {

    private Rows() {}

    public static ArrayNode only(JsonNode rows, String... keys) {
        ArrayNode kept = Json.array();
        rows.forEach(row -> kept.add(one(row, keys)));
        return kept;
    }

    public static ObjectNode one(JsonNode row, String... keys) {
        ObjectNode kept = Json.object();
        for (String key : keys) {
            kept.set(key, row.path(key));
        }
        return kept;
    }
}
