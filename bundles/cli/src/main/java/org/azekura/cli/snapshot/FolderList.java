package org.azekura.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.azekura.api.ByteSize;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Letters;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Words;

/** What is in a folder of a snapshot, a line for each, told as it comes. */
record FolderList(Root root, PathForm form) {

    private static final String[] FIELDS = {"type", "size", "mode", "mtime"};

    /** @param recursive with all that is below, each folder followed by what is in it */
    void show(String id, String folder, boolean recursive) {
        if (root.json()) {
            try (JsonArray array = new JsonArray(root.out())) {
                walk(id, folder, recursive, entry -> array.add(row(entry)));
                array.complete();
            }
        } else {
            walk(id, folder, recursive, entry -> root.out().println(line(entry)));
        }
    }

    private void walk(String id, String path, boolean recursive, Consumer<JsonNode> row) {
        Pages pages = new Pages(root);
        Deque<String> folders = new ArrayDeque<>();
        folders.add(path);
        while (!folders.isEmpty() && !root.out().checkError()) {
            String folder = folders.removeFirst();
            Deque<String> below = new ArrayDeque<>();
            pages.each("snapshots/" + Rest.encode(id) + "/entries", "path=" + Rest.encode(folder), "entries", entry -> {
                row.accept(entry);
                if (recursive && entry.path("type").asText().equals("directory")) {
                    below.addFirst(entry.path("path").asText());
                }
            });
            below.forEach(folders::addFirst);
        }
    }

    private ObjectNode row(JsonNode entry) {
        ObjectNode row = Json.object().put("path", form.exact(entry.path("path").asText()));
        for (String field : FIELDS) {
            row.set(field, entry.path(field));
        }
        return row;
    }

    private String line(JsonNode entry) {
        String target = entry.path("target").isTextual() ? " -> " + form.shown(entry.path("target").asText()) : "";
        return String.format("%s%04o  %-8s %-8s %10s  %s  %s%s", Letters.of(entry.path("type").asText()), entry.path("mode").asInt(),
                Words.text(entry, "user"), Words.text(entry, "group"), ByteSize.format(entry.path("size").asLong()), Words.time(entry, "mtime"),
                form.shown(entry.path("path").asText()), target);
    }
}
