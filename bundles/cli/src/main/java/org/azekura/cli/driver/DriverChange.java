package org.azekura.cli.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.RestProblem;
import org.azekura.cli.job.Follower;
import org.azekura.cli.job.Run;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Words;

/** A change of a driver: waits for the end of its job and tells how it ended, node by node. */
final class DriverChange {

    /** From the best to the worst: who backed out or failed may need somebody, who was refused is as before. */
    private static final List<Integer> WORSE = List.of(Exit.DONE, Exit.USAGE, Exit.REFUSED, Exit.FAILED);
    /** Such a job is parked only while the appliance starts anew. */
    private static final Duration PARKED = Duration.ofMinutes(5);

    private final Root root;

    DriverChange(Root root) {
        this.root = root;
    }

    /** @return {@link Exit#DONE}, or fails with the worst of what the nodes say */
    int follow(JsonNode begun) {
        Run run = new Run(root, new Follower(root, begun.path("id").asLong(), PARKED).follow());
        return tell(run.whatItFound());
    }

    private int tell(JsonNode change) {
        JsonNode nodes = change.path("nodes");
        int worst = Exit.DONE;
        String failure = null;
        for (JsonNode node : nodes) {
            int exit = exit(node);
            worst = WORSE.indexOf(exit) > WORSE.indexOf(worst) ? exit : worst;
            if (exit != Exit.DONE) {
                String what = Words.text(node.path("problem"), "detail");
                // a file that is no package is none anywhere
                if (exit == Exit.USAGE || nodes.size() == 1) {
                    failure = what;
                } else {
                    root.terminal().err().println("azekura: node " + Words.text(node, "node") + ": " + what);
                }
            } else if (!root.json()) {
                root.out().println(done(change, node));
            }
        }
        if (root.json() && worst != Exit.USAGE) {
            root.document(document(change));
        }
        if (worst != Exit.DONE) {
            // of several nodes each has its line already
            throw new CommandFailure(worst, failure);
        }
        return Exit.DONE;
    }

    private static int exit(JsonNode node) {
        JsonNode problem = node.path("problem");
        return problem.isObject() ? RestProblem.exit(problem.path("status").asInt(), Words.text(problem, "code")) : Exit.DONE;
    }

    private static String done(JsonNode change, JsonNode node) {
        JsonNode driver = node.path("driver");
        return "driver " + (driver.isObject() ? Words.text(driver, "name") + " " + Words.text(driver, "version") + " runs on node "
                : Words.text(change, "driver") + " is removed from node ") + Words.text(node, "node");
    }

    private static ObjectNode document(JsonNode change) {
        ObjectNode document = Json.object();
        document.set("driver", change.path("driver"));
        ArrayNode nodes = document.putArray("nodes");
        for (JsonNode node : change.path("nodes")) {
            ObjectNode row = nodes.addObject();
            row.set("node", node.path("node"));
            row.set("state", node.path("state"));
            row.set("version", node.path("driver").isObject() ? node.path("driver").path("version") : null);
            row.set("code", node.path("problem").isObject() ? node.path("problem").path("code") : null);
            row.set("problem", node.path("problem").isObject() ? node.path("problem").path("detail") : null);
        }
        return document;
    }
}
