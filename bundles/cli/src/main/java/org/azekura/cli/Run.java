package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * A job that a command ordered and waited for.
 *
 * @param job    as it ended
 * @param result what came out, null if nothing did
 */
record Run(JsonNode job, JsonNode result) {

    static Run order(Root root, ObjectNode order, Duration parkWait) {
        long id = root.rest().post("jobs", order).path("id").asLong();
        JsonNode job = new Follower(root, id, parkWait).follow();
        return new Run(job, result(root, job));
    }

    private static JsonNode result(Root root, JsonNode job) {
        String state = job.path("state").asText();
        if (!state.equals("done") && !state.equals("warned") && !job.path("kind").asText().equals("verify")) {
            return null;
        }
        try {
            return root.rest().get("jobs/" + job.path("id").asLong() + "/result");
        } catch (CommandFailure e) {
            if (state.equals("failed") || state.equals("cancelled")) {
                return null;
            }
            throw e;
        }
    }

    String id() {
        return job.path("id").asText();
    }

    /** Throws what a job without result ended with. */
    void demandResult() {
        if (result == null) {
            String error = Words.text(job, "error");
            throw CommandFailure.failed("job " + id() + " " + job.path("state").asText() + (error.isEmpty() ? "" : ": " + error));
        }
    }

    boolean warned() {
        return job.path("state").asText().equals("warned");
    }

    /** Problems with paths, in the form asked for. */
    ArrayNode problems(String field, PathForm form) {
        ArrayNode rows = Rest.JSON.createArrayNode();
        for (JsonNode problem : result.path(field)) {
            ObjectNode row = rows.addObject().put("path", form.exact(problem.path("path").asText())).put("reason", problem.path("reason").asText());
            if (problem.has("ranges")) {
                row.set("ranges", problem.get("ranges"));
            }
        }
        return rows;
    }

    /** One line for each problem. */
    void warn(Root root, String field, PathForm form) {
        for (JsonNode problem : result.path(field)) {
            StringBuilder ranges = new StringBuilder();
            for (JsonNode range : problem.path("ranges")) {
                ranges.append(ranges.isEmpty() ? " (bytes " : ", ").append(range.path("from").asText()).append('-').append(range.path("to").asText());
            }
            root.terminal.warn(form.shown(problem.path("path").asText()) + ": " + problem.path("reason").asText()
                    + (ranges.isEmpty() ? "" : ranges + ")"));
        }
    }
}
