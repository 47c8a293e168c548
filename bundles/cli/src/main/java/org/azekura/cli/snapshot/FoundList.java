package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.contact.Rows;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;

/** Shows what a search by name found. */
record FoundList(Root root, PathForm form) {

    private static final String[] ROW = {"path", "type", "size", "mtime", "client", "saveSet", "first", "last", "snapshots"};

    /** Asks for pages until there are enough or no more: one may have few, because it took long. */
    int show(String address, int limit) {
        ArrayNode rows = Json.array();
        JsonNode page = root.rest().get(address + "&limit=" + limit);
        rows.addAll(Rows.only(page.path("versions"), ROW));
        boolean single = true;
        while (page.path("next").isTextual() && rows.size() < limit) {
            page = root.rest().get(address + "&limit=" + (limit - rows.size()) + "&after=" + Rest.encode(page.path("next").asText()));
            rows.addAll(Rows.only(page.path("versions"), ROW));
            single = false;
        }
        ArrayNode found = single ? rows : sorted(rows);
        if (root.json()) {
            found.forEach(row -> ((ObjectNode) row).put("path", form.exact(row.path("path").asText())));
            root.document(found);
        } else {
            print(found);
        }
        return warn(page) ? Exit.WARNED : Exit.DONE;
    }

    /** Pages follow each other in no order; the versions of a path come together. */
    private static ArrayNode sorted(ArrayNode rows) {
        List<JsonNode> all = new ArrayList<>();
        rows.forEach(all::add);
        all.sort(Comparator.<JsonNode, String>comparing(row -> row.path("client").asText()).thenComparing(row -> row.path("saveSet").asText())
                .thenComparing(row -> row.path("path").asText()));
        return Json.array().addAll(all);
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
            root.terminal().err().println("there are more; narrow the pattern, or raise --limit");
        }
        if (found.path("unread").asInt() > 0) {
            root.terminal().err().println("the index of names has not read " + found.path("unread") + " of " + found.path("searched")
                    + " snapshots yet: what only they have is not here; try again later");
            warned = true;
        }
        for (JsonNode pool : found.path("closed")) {
            root.terminal().err().println("pool " + pool.asText() + " was not searched: its key is not here");
            warned = true;
        }
        for (JsonNode problem : found.path("problems")) {
            root.terminal().err().println(form.shown(problem.path("path").asText()) + ": " + problem.path("reason").asText());
            warned = true;
        }
        return warned;
    }
}
