package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The keys that a command promises, out of what the REST interface says. */
final class Rows {

    private Rows() {}

    static ArrayNode only(JsonNode rows, String... keys) {
        ArrayNode kept = Json.array();
        rows.forEach(row -> kept.add(one(row, keys)));
        return kept;
    }

    static ObjectNode one(JsonNode row, String... keys) {
        ObjectNode kept = Json.object();
        for (String key : keys) {
            kept.set(key, row.path(key));
        }
        return kept;
    }
}
