package org.azekura.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.job.Follower;
import org.azekura.cli.job.Run;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;

/** Stays with all jobs of one run of a policy. */
final class PolicyRun {

    /** A result may name millions of paths; of its lists only the copies matter. */
    private record Copies(ArrayNode ordered) implements Run.Reader {

        @Override
        public void begin(String list, ObjectNode facts) {}

        @Override
        public void element(String list, JsonNode element) {
            if (list.equals("copies")) {
                ordered.add(element);
            }
        }

        @Override
        public void end(String list) {}
    }

    private final Root root;
    private final Duration parkWait;
    private final ArrayNode told = Json.array();
    private int worst = Exit.DONE;

    PolicyRun(Root root, Duration parkWait) {
        this.root = root;
        this.parkWait = parkWait;
    }

    /** @return how the worst of its jobs ended */
    int run(String name) {
        JsonNode begun = root.rest().post("policies/" + Rest.encode(name) + "/run", null);
        for (JsonNode step : begun.path("steps")) {
            Copies copies = new Copies(Json.array());
            String snapshot = backup(step, copies);
            for (JsonNode copy : copies.ordered) {
                follow(step, "copy", copy.path("job").asLong(), Words.text(copy, "to"), snapshot, null);
            }
        }
        if (root.json()) {
            ObjectNode answer = Json.object().put("policy", name);
            answer.set("jobs", told);
            root.document(answer);
        }
        return worst;
    }

    /** @return the snapshot that was made, null if none was */
    private String backup(JsonNode step, Copies copies) {
        if (!step.path("job").isIntegralNumber()) {
            tell(step, "backup", null, null, "failed", null, Words.text(step, "error"));
            return null;
        }
        return follow(step, "backup", step.path("job").asLong(), null, null, copies);
    }

    /** @param copies what the result of a backup is asked for, null for a copy */
    private String follow(JsonNode step, String kind, long id, String pool, String copied, Copies copies) {
        Run run;
        try {
            run = new Run(root, new Follower(root, id, parkWait).follow());
        } catch (CommandFailure e) {
            if (e.exit() == Exit.UNREACHABLE || e.getMessage() != null) {
                throw e;
            }
            // it is parked, which was said; it goes on by itself, and so do the others
            tell(step, kind, id, pool, "parked", copied, "job " + id + " is parked");
            return null;
        }
        String snapshot = copies != null && run.carriedThrough() ? Words.text(run.read(copies), "snapshot") : copied;
        String error = run.carriedThrough() ? "" : run.failure().getMessage();
        tell(step, kind, id, pool, run.job().path("state").asText(), snapshot, error);
        return snapshot;
    }

    private void tell(JsonNode step, String kind, Long job, String pool, String state, String snapshot, String error) {
        worst(switch (state) {
            case "done" -> Exit.DONE;
            case "warned" -> Exit.WARNED;
            default -> Exit.FAILED;
        });
        String saveSet = Words.text(step, "client") + "/" + Words.text(step, "saveSet");
        told.addObject().put("kind", kind).put("client", Words.text(step, "client")).put("saveSet", Words.text(step, "saveSet")).put("job", job)
                .put("state", state).put("snapshot", snapshot).put("to", pool).put("error", error.isEmpty() ? null : error);
        if (!root.json()) {
            root.out().printf("%s %s%s: %s%s%n", kind, saveSet, pool == null ? "" : " to " + pool, state, snapshot == null ? "" : ", snapshot " + snapshot);
        }
        if (!error.isEmpty()) {
            root.terminal().err().println("azekura: " + saveSet + ": " + error);
        } else if (state.equals("warned")) {
            root.terminal().err().println("azekura: " + saveSet + ": job " + job + " ended with warnings; see them: azekura job log " + job);
        }
    }

    /** A failure is worse than a warning. */
    private void worst(int exit) {
        worst = worst == Exit.FAILED || exit == Exit.FAILED ? Exit.FAILED : Math.max(worst, exit);
    }
}
