package org.azekura.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.stream.Stream;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.contact.Rows;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura job …} */
@Command(name = "job", description = "What was ordered and how it went.", footer = {"", "Example:", "  azekura job list --running"})
public final class JobCommands extends Group {

    private static final String[] ROW = {"id", "kind", "state", "client", "pool", "started", "ended", "files", "bytes", "error"};

    /** With what was ordered. */
    private static final String[] ROW_OF_ONE = Stream.concat(Stream.of(ROW), Stream.of("saveSet", "paths", "detour", "via", "from")).toArray(String[]::new);

    private final Root root;

    public JobCommands(Root root) {
        this.root = root;
    }

    @Command(name = "list", description = "All jobs, oldest first.", footer = {"", "Example:", "  azekura job list --running"})
    int list(@Option(names = "--running", description = "Only those that have not ended.") boolean running) {
        JsonNode jobs = root.rest().get(running ? "jobs?running" : "jobs");
        if (root.json()) {
            root.document(Rows.only(jobs, ROW));
            return Exit.DONE;
        }
        Table table = new Table("ID>", "KIND", "STATE", "CLIENT", "POOL", "STARTED", "ENDED", "FILES>", "SIZE>", "ERROR");
        for (JsonNode job : jobs) {
            table.row(Words.text(job, "id"), Words.text(job, "kind"), Words.text(job, "state"), Words.text(job, "client"),
                    Words.text(job, "pool"), Words.time(job, "started"), Words.time(job, "ended"), Words.count(job, "files"),
                    Words.size(job, "bytes"), Words.text(job, "error"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "show", description = "One job.", footer = {"", "Example:", "  azekura job show 7"})
    int show(@Parameters(paramLabel = "ID", description = "Of the job.") String id) {
        print(root.rest().get(address(id)));
        return Exit.DONE;
    }

    @Command(name = "log", description = "What a job wrote down.", footer = {"", "Example:", "  azekura job log 7"})
    int log(@Parameters(paramLabel = "ID", description = "Of the job.") String id) {
        JsonNode lines = root.rest().get(address(id) + "/log");
        if (root.json()) {
            root.document(lines);
            return Exit.DONE;
        }
        for (JsonNode line : lines) {
            root.out().printf("%s %-5s %s%n", Words.time(line, "time"), Words.text(line, "level"), Words.text(line, "text"));
        }
        return Exit.DONE;
    }

    @Command(name = "watch", description = "Stays with a job until it ends; exits as it did.", footer = {"", "Example:", "  azekura job watch 7"})
    int watch(@Parameters(paramLabel = "ID", description = "Of the job.") String id,
            @Mixin ParkWait parked) {
        return follow(root.rest().get(address(id)), parked.time());
    }

    @Command(name = "resume", description = "Has a backup or restore go on that failed, was cancelled or is parked, and stays with it until it ends; exits as it did.",
            footer = {"", "What it made durable so far is not done again.", "", "Example:", "  azekura job resume 7"})
    int resume(@Parameters(paramLabel = "ID", description = "Of the job.") String id,
            @Mixin ParkWait parked) {
        return follow(root.rest().post(address(id) + "/resume", null), parked.time());
    }

    private int follow(JsonNode known, Duration parkWait) {
        long number = known.path("id").asLong();
        JsonNode job = new Follower(root, number, parkWait).follow();
        print(job);
        return switch (job.path("state").asText()) {
            case "done" -> Exit.DONE;
            case "warned" -> Exit.WARNED;
            default -> Exit.FAILED;
        };
    }

    @Command(name = "cancel", description = {"Ends a job within ten seconds; one that has ended stays as it is.",
            "A change of a driver is begun on no other node; the one in the middle finishes, or backs out by itself."},
            footer = {"", "Example:", "  azekura job cancel 7"})
    int cancel(@Parameters(paramLabel = "ID", description = "Of the job.") String id) {
        boolean ended = Follower.ended(root.rest().get(address(id)));
        JsonNode job = root.rest().post(address(id) + "/cancel", null);
        if (!Follower.ended(job) && Words.text(job, "kind").equals("driver")) {
            return leftToItsNode(id, job);
        }
        if (!Follower.ended(job)) {
            throw CommandFailure.failed("job " + id + " has not ended yet; see how it goes on: azekura job watch " + id);
        }
        if (root.json()) {
            root.document(Rows.one(job, ROW));
        } else {
            root.out().println("job " + id + (ended ? " had ended already: " : " ") + Words.text(job, "state"));
        }
        return Exit.DONE;
    }

    /** A driver is changed wholly or not at all. */
    private int leftToItsNode(String id, JsonNode job) {
        if (root.json()) {
            root.document(Rows.one(job, ROW));
        } else {
            root.out().println("job " + id + " begins on no other node; the one in the middle finishes, or backs out by itself: azekura job watch " + id);
        }
        return Exit.DONE;
    }

    private static String address(String id) {
        return "jobs/" + Rest.encode(id);
    }

    private void print(JsonNode job) {
        JsonNode driver = job.path("driver");
        if (root.json()) {
            ObjectNode one = Rows.one(job, ROW_OF_ONE);
            if (driver.isObject()) {
                one.set("driver", driver);
            }
            root.document(one);
            return;
        }
        Facts facts = new Facts(root.out());
        for (String field : new String[] {"id", "kind", "state", "client", "via", "from", "pool"}) {
            facts.put(field, Words.text(job, field));
        }
        if (!Words.text(job, "detour").isEmpty()) {
            facts.put("detour", Words.text(job, "detour"));
        }
        if (driver.isObject()) {
            facts.put("change", Words.text(driver, "change"));
            facts.put("driver", (Words.text(driver, "name") + " " + Words.text(driver, "version")).strip());
            driver.path("nodes").forEach(node -> facts.put("node", node.asText()));
        }
        facts.put("save set", Words.text(job, "saveSet"));
        job.path("paths").forEach(path -> facts.put("path", PathForm.PLAIN.shown(path.asText())));
        facts.put("started", Words.time(job, "started"));
        facts.put("ended", Words.time(job, "ended"));
        facts.put("files", Words.count(job, "files"));
        facts.put("size", Words.size(job, "bytes"));
        facts.put("error", Words.text(job, "error"));
    }
}
