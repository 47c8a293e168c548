package org.azekura.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura policy …} */
@Command(name = "policy", description = "Save sets that are saved together, and where.", footer = {"",
    "This version runs policies by hand, for instance from cron; it knows no schedule and keeps what is saved until it is deleted.",
    "", "Example:", "  azekura policy create nightly --save-set docs --save-set app/db --pool default", "  azekura policy run nightly"})
final class PolicyCommands implements Callable<Integer> {

    private final Root root;

    PolicyCommands(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        throw CommandFailure.usage("give a command: create, run, list, show, retention, expire, delete");
    }

    @Command(name = "create", description = "Keeps a policy.", footer = {"", "Example:",
        "  azekura policy create nightly --save-set docs app/db --pool default --copy-to offsite"})
    int create(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name,
            @Option(names = "--save-set", paramLabel = "S", arity = "1..*", required = true,
                    description = "Save sets: NAME, or CLIENT/NAME if several clients have one of this name.") List<String> saveSets,
            @Option(names = "--pool", paramLabel = "POOL", required = true, description = "Where to.") String pool,
            @Option(names = "--copy-to", paramLabel = "POOL", arity = "1..*", description = "Pools that get a copy of each snapshot.") List<String> copies,
            @Option(names = "--schedule", paramLabel = "WHEN", description = "Refused: this version runs policies by hand.") String schedule,
            @Option(names = "--keep", paramLabel = "RULE", arity = "1..*", description = "Refused: this version keeps what is saved.") List<String> keep) {
        if (schedule != null || keep != null) {
            throw CommandFailure.usage((schedule != null ? "--schedule" : "--keep") + " is not carried out: this version runs policies by hand (azekura policy run "
                    + name + ", e.g. from cron) and keeps what is saved until it is deleted; leave it out");
        }
        ObjectNode order = Json.object().put("name", name).put("pool", pool);
        saveSets.forEach(order.putArray("saveSets")::add);
        if (copies != null) {
            copies.forEach(order.putArray("copyTo")::add);
        }
        print(root.rest().post("policies", order));
        return Exit.DONE;
    }

    @Command(name = "run", description = {"Saves all save sets of a policy now and waits for the copies that the server makes of them; exits as the worst of it did.",
        "Backups and copies go on without this command, also over a restart of the appliance.",
        "A save set that cannot be saved holds none of the others up."}, footer = {"", "Example:", "  azekura policy run nightly"})
    int run(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name,
            @Option(names = "--park-wait", paramLabel = "SECONDS", defaultValue = "60",
                    description = "How long to wait for a parked job (default: ${DEFAULT-VALUE}).") long parkWait_s) {
        return new PolicyRun(root, parkWait_s).run(name);
    }

    @Command(name = "list", description = "All policies.", footer = {"", "Example:", "  azekura policy list"})
    int list() {
        JsonNode policies = root.rest().get("policies");
        if (root.json) {
            root.document(policies);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "SAVE SETS", "POOL", "COPY TO");
        for (JsonNode policy : policies) {
            table.row(Words.text(policy, "name"), String.join(" ", saveSets(policy)), Words.text(policy, "pool"), String.join(" ", copies(policy)));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "show", description = "One policy.", footer = {"", "Example:", "  azekura policy show nightly"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name) {
        print(root.rest().get("policies/" + Rest.encode(name)));
        return Exit.DONE;
    }

    @Command(name = "retention", description = {"Which snapshots of a policy stay by its rules and why, and which expire. Nothing is changed.",
            "What expires goes by itself, or by \"azekura policy expire\"."}, footer = {"", "Example:", "  azekura policy retention nightly"})
    int retention(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name,
            @Option(names = "--dry-run", description = "Says the same: this command changes nothing.") boolean dryRun) {
        return StayWords.list(root, name);
    }

    @Command(name = "expire", description = "Has those snapshots of a policy expire now that no rule wants any more, and waits for the end.",
            footer = {"", "Example:", "  azekura policy expire nightly"})
    int expire(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name,
            @Option(names = "--park-wait", paramLabel = "SECONDS", defaultValue = "60",
                    description = "How long to wait for a parked job (default: ${DEFAULT-VALUE}).") long parkWait_s) {
        Run run = Run.order(root, Json.object().put("kind", "expire").put("policy", name), Duration.ofSeconds(parkWait_s));
        if (!run.carriedThrough()) {
            throw run.failure();
        }
        JsonNode result = root.rest().get(run.resultAddress());
        if (root.json) {
            root.document(result);
        } else {
            root.out().println(Words.count(result, "count") + " snapshots have expired; their space returns at the next prune");
            result.path("left").forEach(left -> root.terminal.warn("snapshot " + Words.text(left, "snapshot") + " stays for now: " + Words.text(left, "reason")));
        }
        return run.warned() ? Exit.WARNED : Exit.DONE;
    }

    @Command(name = "delete", description = "Forgets a policy; its save sets and snapshots stay.", footer = {"", "Example:", "  azekura policy delete nightly"})
    int delete(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name) {
        JsonNode policy = root.rest().delete("policies/" + Rest.encode(name));
        if (root.json) {
            root.document(policy);
        } else {
            root.out().println("policy " + Words.text(policy, "name") + " is forgotten; its save sets and their snapshots are there still");
        }
        return Exit.DONE;
    }

    private static List<String> saveSets(JsonNode policy) {
        List<String> sets = new ArrayList<>();
        policy.path("saveSets").forEach(set -> sets.add(Words.text(set, "client") + "/" + Words.text(set, "name")));
        return sets;
    }

    private static List<String> copies(JsonNode policy) {
        List<String> pools = new ArrayList<>();
        policy.path("copyTo").forEach(pool -> pools.add(pool.asText()));
        return pools;
    }

    private void print(JsonNode policy) {
        if (root.json) {
            root.document(policy);
            return;
        }
        Facts facts = new Facts(root.out());
        facts.put("name", Words.text(policy, "name"));
        saveSets(policy).forEach(set -> facts.put("save set", set));
        facts.put("pool", Words.text(policy, "pool"));
        copies(policy).forEach(pool -> facts.put("copy to", pool));
    }
}
