package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Shows what a search by name found. */
record FoundList(Root root, PathForm form) {

    private static final String[] ROW = {"path", "type", "size", "mtime", "client", "saveSet", "first", "last", "snapshots"};

    int show(JsonNode found) {
        if (root.json) {
            ArrayNode rows = Rows.only(found.path("versions"), ROW);
            rows.forEach(row -> ((ObjectNode) row).put("path", form.exact(row.path("path").asText())));
            root.document(rows);
        } else {
            print(found.path("versions"));
        }
        return warn(found) ? Exit.WARNED : Exit.DONE;
    }

    private void print(JsonNode versions) {
        Table table = new Table("SIZE>", "MODIFIED", "FIRST", "LAST", "SNAPSHOTS>", "PATH");
        for (JsonNode v : versions) {
            table.row(v.path("type").asText().equals("file") ? Words.size(v, "size") : v.path("type").asText(), Words.time(v, "mtime"),
                    Words.text(v, "first"), Words.text(v, "last"), Words.count(v, "snapshots"), form.shown(v.path("path").asText()));
        }
        table.print(root.out());
    }

    private boolean warn(JsonNode found) {
        boolean warned = found.path("more").asBoolean();
        if (warned) {
            root.terminal.err().println("there are more; narrow the pattern, or raise --limit");
        }
        for (JsonNode pool : found.path("closed")) {
            root.terminal.err().println("pool " + pool.asText() + " was not searched: its key is not here");
            warned = true;
        }
        for (JsonNode problem : found.path("problems")) {
            root.terminal.err().println(form.shown(problem.path("path").asText()) + ": " + problem.path("reason").asText());
            warned = true;
        }
        return warned;
    }
}
