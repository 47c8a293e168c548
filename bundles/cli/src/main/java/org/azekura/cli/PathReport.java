package org.azekura.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/**
 * Tells a result that lists paths: problems one a line on the error stream, other paths one a line as the answer; or all of it
 * as one JSON document.
 */
final class PathReport implements Run.Reader {

    private final Root root;
    private final PathForm form;
    private final String problemList;
    private final List<String> keys;
    private final JsonGenerator json;
    private boolean begun;
    private long problems;

    /**
     * @param problemList name of the list of problems
     * @param keys        what a JSON document begins with
     */
    PathReport(Root root, PathForm form, String problemList, List<String> keys) throws IOException {
        this.root = root;
        this.form = form;
        this.problemList = problemList;
        this.keys = keys;
        this.json = root.json ? Rest.JSON.createGenerator(root.out()) : null;
    }

    @Override
    public void begin(String list, ObjectNode facts) throws IOException {
        if (json == null) {
            return;
        }
        if (!begun) {
            begun = true;
            json.writeStartObject();
            for (String key : keys) {
                json.writeFieldName(key);
                json.writeTree(facts.get(key));
            }
        }
        json.writeArrayFieldStart(list);
    }

    @Override
    public void element(String list, JsonNode element) throws IOException {
        if (list.equals(problemList)) {
            problems++;
            if (json != null) {
                json.writeTree(row(element));
            } else {
                root.terminal.warn(line(element));
            }
        } else if (json != null) {
            json.writeString(form.exact(element.asText()));
        } else {
            root.out().println(form.shown(element.asText()));
        }
    }

    @Override
    public void end(String list) throws IOException {
        if (json != null) {
            json.writeEndArray();
        }
    }

    /** Ends the JSON document. */
    void close() throws IOException {
        if (json != null) {
            json.writeEndObject();
            json.flush();
            root.out().println();
        }
    }

    int exit(Run run) {
        return run.warned() || problems > 0 ? Exit.WARNED : Exit.DONE;
    }

    private ObjectNode row(JsonNode problem) {
        ObjectNode row = Rest.JSON.createObjectNode().put("path", form.exact(problem.path("path").asText()))
                .put("reason", problem.path("reason").asText());
        if (problem.has("ranges")) {
            row.set("ranges", problem.get("ranges"));
        }
        return row;
    }

    private String line(JsonNode problem) {
        StringBuilder ranges = new StringBuilder();
        for (JsonNode range : problem.path("ranges")) {
            ranges.append(ranges.isEmpty() ? " (bytes " : ", ").append(range.path("from").asText()).append('-').append(range.path("to").asText());
        }
        return form.shown(problem.path("path").asText()) + ": " + problem.path("reason").asText() + (ranges.isEmpty() ? "" : ranges + ")");
    }
}
