package org.azekura.cli.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.job.ParkWait;
import org.azekura.cli.job.Run;
import org.azekura.cli.snapshot.StayWords;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura policy …} */
@Command(name = "policy", description = "Save sets that are saved together, and where.", footer = {"",
    "A policy with a schedule runs by itself; any can be run by hand.",
    "", "Example:", "  azekura policy create nightly --save-set docs --save-set app/db --pool default --schedule \"daily 22:00\"", "  azekura policy show nightly"})
public final class PolicyCommands extends Group {

    private final Root root;

    private PolicyCommands(Root root) {
        this.root = root;
    }

    /** With the commands that have a class of their own. */
    public static CommandLine of(Root root) {
        return new CommandLine(new PolicyCommands(root)).addSubcommand("next", new PolicyNext(root)).addSubcommand("preview", new PolicyPreview(root));
    }

    @Command(name = "create", description = "Keeps a policy.", footer = {"", "Example:",
        "  azekura policy create nightly --save-set docs app/db --pool default --copy-to offsite --schedule \"daily 22:00\" --keep daily=7 weekly=4"})
    int create(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name,
            @Option(names = "--save-set", paramLabel = "S", arity = "1..*", required = true,
                    description = "Save sets: NAME, or CLIENT/NAME if several clients have one of this name.") List<String> saveSets,
            @Option(names = "--pool", paramLabel = "POOL", required = true, description = "Where to.") String pool,
            @Option(names = "--copy-to", paramLabel = "POOL", arity = "1..*", description = "Pools that get a copy of each snapshot.") List<String> copies,
            @Mixin TimingOptions timing) {
        ObjectNode order = Json.object().put("name", name).put("pool", pool);
        saveSets.forEach(order.putArray("saveSets")::add);
        if (copies != null) {
            copies.forEach(order.putArray("copyTo")::add);
        }
        timing.put(order);
        PolicyWords.print(root, root.rest().post("policies", order));
        return Exit.DONE;
    }

    @Command(name = "change", description = "Changes a policy; what is not given stays as it was.", footer = {"", "Example:",
        "  azekura policy change nightly --schedule \"mon..fri 22:00\" --zone Europe/Berlin --blackout \"fri 08:00-18:00\""})
    int change(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name,
            @Option(names = "--save-set", paramLabel = "S", arity = "1..*", description = "Save sets instead of those that it has.") List<String> saveSets,
            @Option(names = "--pool", paramLabel = "POOL", description = "Where to from now on.") String pool,
            @Option(names = "--copy-to", paramLabel = "POOL", arity = "1..*", description = "Pools that get a copy instead of those that do. An empty text: none.") List<String> copies,
            @Mixin TimingOptions timing) {
        ObjectNode order = Json.object();
        Json.putGiven(order, "pool", pool);
        if (saveSets != null) {
            saveSets.forEach(order.putArray("saveSets")::add);
        }
        if (copies != null) {
            copies.stream().filter(copy -> !copy.isBlank()).forEach(order.putArray("copyTo")::add);
        }
        timing.put(order);
        if (order.isEmpty()) {
            throw CommandFailure.usage("say what is to change, like --schedule \"daily 22:00\"");
        }
        return change(name, order);
    }

    @Command(name = "enable", description = "Has a policy run by itself again; what was due meanwhile is not made up for.", footer = {"", "Example:", "  azekura policy enable nightly"})
    int enable(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name) {
        return change(name, Json.object().put("enabled", true));
    }

    @Command(name = "disable", description = "Has a policy run by hand only; what runs goes on.", footer = {"", "Example:", "  azekura policy disable nightly"})
    int disable(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name) {
        return change(name, Json.object().put("enabled", false));
    }

    private int change(String name, ObjectNode order) {
        PolicyWords.print(root, root.rest().post("policies/" + Rest.encode(name), order));
        return Exit.DONE;
    }

    @Command(name = "run", description = {"Saves all save sets of a policy now and waits for the copies that the server makes of them; exits as the worst of it did.",
        "Backups and copies go on without this command, also over a restart of the appliance.",
        "A save set that cannot be saved holds none of the others up."}, footer = {"", "Example:", "  azekura policy run nightly"})
    int run(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name,
            @Mixin ParkWait parked) {
        return new PolicyRun(root, parked.time()).run(name);
    }

    @Command(name = "list", description = "All policies.", footer = {"", "Example:", "  azekura policy list"})
    int list() {
        JsonNode policies = root.rest().get("policies");
        if (root.json()) {
            root.document(policies);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "SAVE SETS", "POOL", "COPY TO", "NEXT RUN", "LAST RUN");
        for (JsonNode policy : policies) {
            table.row(Words.text(policy, "name"), String.join(" ", PolicyWords.saveSets(policy)), Words.text(policy, "pool"), String.join(" ", PolicyWords.texts(policy, "copyTo")),
                    PolicyWords.next(policy), Words.text(policy.path("last").path(0), "state"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    @Command(name = "show", description = "One policy, its next runs and its last ones.", footer = {"", "Example:", "  azekura policy show nightly"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name) {
        PolicyWords.print(root, root.rest().get("policies/" + Rest.encode(name)));
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
            @Mixin ParkWait parked) {
        Run run = Run.order(root, Json.object().put("kind", "expire").put("policy", name), parked.time());
        JsonNode result = run.result();
        if (root.json()) {
            root.document(result);
        } else {
            root.out().println(Words.count(result, "count", "snapshot") + " expired; the space returns at the next prune");
            result.path("left").forEach(left -> root.terminal().warn("snapshot " + Words.text(left, "snapshot") + " stays for now: " + Words.text(left, "reason")));
        }
        return run.warned() ? Exit.WARNED : Exit.DONE;
    }

    @Command(name = "delete", description = "Forgets a policy; its save sets and snapshots stay.", footer = {"", "Example:", "  azekura policy delete nightly"})
    int delete(@Parameters(paramLabel = "NAME", description = "Of the policy.") String name) {
        JsonNode policy = root.rest().delete("policies/" + Rest.encode(name));
        if (root.json()) {
            root.document(policy);
        } else {
            root.out().println("policy " + Words.text(policy, "name") + " is forgotten; its save sets and their snapshots are there still");
        }
        return Exit.DONE;
    }
}
