package org.azekura.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Terminal;

/** Paths with which something was wrong, each a warning. */
public final class ProblemList implements ResultList {

    private final Terminal terminal;
    private final PathForm form;
    private boolean any;

    public ProblemList(Terminal terminal, PathForm form) {
        this.terminal = terminal;
        this.form = form;
    }

    @Override
    public void show(JsonNode problem) {
        any = true;
        StringBuilder ranges = new StringBuilder();
        for (JsonNode range : problem.path("ranges")) {
            ranges.append(ranges.isEmpty() ? " (bytes " : ", ").append(range.path("from").asText()).append('-').append(range.path("to").asText());
        }
        terminal.warn(form.shown(problem.path("path").asText()) + ": " + problem.path("reason").asText() + (ranges.isEmpty() ? "" : ranges + ")"));
    }

    @Override
    public JsonNode row(JsonNode problem) {
        any = true;
        ObjectNode row = Json.object().put("path", form.exact(problem.path("path").asText()))
                .put("reason", problem.path("reason").asText());
        if (problem.has("ranges")) {
            row.set("ranges", problem.get("ranges"));
        }
        return row;
    }

    @Override
    public boolean warns() {
        return any;
    }
}
