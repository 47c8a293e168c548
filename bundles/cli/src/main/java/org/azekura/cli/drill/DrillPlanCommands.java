package org.azekura.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.policy.PolicyWords;
import org.azekura.cli.policy.TimingOptions;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.Table;
import org.azekura.cli.text.Words;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura drill plan …} */
@Command(name = "plan", description = "Drills that run by themselves.", footer = {"",
    "Each run rehearses the newest snapshot of each save set from the copy whose turn it is.", "", "Example:",
    "  azekura drill plan create monthly --save-set docs --schedule \"monthly first sun 03:00\" --sample 5%%", "  azekura drill plan show monthly"})
final class DrillPlanCommands extends Group {

    private final Root root;

    DrillPlanCommands(Root root) {
        this.root = root;
    }

    @Command(name = "create", description = "Keeps a plan.", footer = {"", "Example:",
        "  azekura drill plan create monthly --save-set docs app/db --pool default offsite --schedule \"monthly first sun 03:00\" --sample 5%%"})
    int create(@Parameters(paramLabel = "NAME", description = "Of the plan.") String name,
            @Option(names = "--save-set", paramLabel = "S", arity = "1..*", required = true,
                    description = "Save sets: NAME, or CLIENT/NAME if several clients have one of this name.") List<String> saveSets,
            @Option(names = "--pool", paramLabel = "P", arity = "1..*", description = "Pools whose copies take turns (default: each that there is).") List<String> pools,
            @ArgGroup(multiplicity = "1") Extent extent,
            @Option(names = "--client", paramLabel = "CLIENT", description = "On whose host (default: whose data they are).") String client,
            @Mixin TimingOptions timing) {
        ObjectNode order = order(saveSets, pools, client, timing).put("name", name).put("sample", extent.word());
        print(root.rest().post("drill-plans", order));
        return Exit.DONE;
    }

    private static ObjectNode order(List<String> saveSets, List<String> pools, String client, TimingOptions timing) {
        ObjectNode order = Json.object();
        if (saveSets != null) {
            saveSets.forEach(order.putArray("saveSets")::add);
        }
        if (pools != null) {
            pools.stream().filter(pool -> !pool.isBlank()).forEach(order.putArray("copies")::add);
        }
        Json.putGiven(order, "client", client);
        if (timing.keeps()) {
            throw CommandFailure.usage("a drill keeps nothing: --keep is for policies");
        }
        timing.put(order);
        return order;
    }

    @Command(name = "change", description = "Changes a plan; what is not given stays as it was.", footer = {"", "Example:",
        "  azekura drill plan change monthly --whole --schedule \"weekly sat 04:00\""})
    int change(@Parameters(paramLabel = "NAME", description = "Of the plan.") String name,
            @Option(names = "--save-set", paramLabel = "S", arity = "1..*", description = "Save sets instead of those that it has.") List<String> saveSets,
            @Option(names = "--pool", paramLabel = "P", arity = "1..*", description = "Pools whose copies take turns from now on. An empty text: each that there is.") List<String> pools,
            @ArgGroup Extent extent,
            @Option(names = "--client", paramLabel = "CLIENT", description = "On whose host. An empty text: whose data they are.") String client,
            @Mixin TimingOptions timing) {
        ObjectNode order = order(saveSets, pools, client, timing);
        Json.putGiven(order, "sample", extent == null ? null : extent.word());
        if (order.isEmpty()) {
            throw CommandFailure.usage("say what is to change, like --schedule \"monthly first sun 03:00\"");
        }
        return change(name, order);
    }

    @Command(name = "enable", description = "Has a plan run by itself again; what was due meanwhile is not made up for.", footer = {"", "Example:", "  azekura drill plan enable monthly"})
    int enable(@Parameters(paramLabel = "NAME", description = "Of the plan.") String name) {
        return change(name, Json.object().put("enabled", true));
    }

    @Command(name = "disable", description = "Has a plan run by hand only; what runs goes on.", footer = {"", "Example:", "  azekura drill plan disable monthly"})
    int disable(@Parameters(paramLabel = "NAME", description = "Of the plan.") String name) {
        return change(name, Json.object().put("enabled", false));
    }

    private int change(String name, ObjectNode order) {
        print(root.rest().post(address(name), order));
        return Exit.DONE;
    }

    private static String address(String name) {
        return "drill-plans/" + Rest.encode(name);
    }

    @Command(name = "run", description = "Begins the drills of a plan now and does not wait for them.", footer = {"", "Example:", "  azekura drill plan run monthly"})
    int run(@Parameters(paramLabel = "NAME", description = "Of the plan.") String name) {
        JsonNode begun = root.rest().post(address(name) + "/run", null);
        if (root.json()) {
            root.document(begun);
        }
        boolean all = true;
        for (JsonNode step : begun.path("steps")) {
            boolean on = step.path("job").isIntegralNumber();
            all &= on;
            if (!on) {
                root.terminal().err().println("azekura: " + DrillList.set(step) + ": " + Words.text(step, "error"));
            } else if (!root.json()) {
                root.out().println("save set " + DrillList.set(step) + ": job " + Words.text(step, "job"));
            }
        }
        return all ? Exit.DONE : Exit.FAILED;
    }

    @Command(name = "list", description = "All plans.", footer = {"", "Example:", "  azekura drill plan list"})
    int list() {
        JsonNode plans = root.rest().get("drill-plans");
        if (root.json()) {
            root.document(plans);
            return Exit.DONE;
        }
        Table table = new Table("NAME", "SAVE SETS", "POOLS", "SAMPLE", "NEXT RUN", "LAST RUN");
        for (JsonNode plan : plans) {
            table.row(Words.text(plan, "name"), String.join(" ", PolicyWords.saveSets(plan)), pools(plan), Words.text(plan, "sample"), PolicyWords.next(plan),
                    Words.text(plan.path("last").path(0), "state"));
        }
        table.print(root.out());
        return Exit.DONE;
    }

    private static String pools(JsonNode plan) {
        return plan.path("copies").isEmpty() ? "all" : String.join(" ", PolicyWords.texts(plan, "copies"));
    }

    @Command(name = "show", description = "One plan, its next five runs and its last ones.", footer = {"", "Example:", "  azekura drill plan show monthly"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the plan.") String name) {
        print(root.rest().get(address(name)));
        return Exit.DONE;
    }

    @Command(name = "delete", description = "Forgets a plan; what its drills proved stays.", footer = {"", "Example:", "  azekura drill plan delete monthly"})
    int delete(@Parameters(paramLabel = "NAME", description = "Of the plan.") String name) {
        JsonNode plan = root.rest().delete(address(name));
        if (root.json()) {
            root.document(plan);
        } else {
            root.out().println("drill plan " + Words.text(plan, "name") + " is forgotten; what its drills proved is there still");
        }
        return Exit.DONE;
    }

    private void print(JsonNode plan) {
        if (root.json()) {
            root.document(plan);
            return;
        }
        Facts facts = new Facts(root.out());
        facts.put("name", Words.text(plan, "name"));
        PolicyWords.saveSets(plan).forEach(set -> facts.put("save set", set));
        facts.put("from pools", pools(plan));
        facts.put("sample", Words.text(plan, "sample"));
        facts.put("client", Words.text(plan, "client"));
        PolicyWords.timing(facts, plan);
        PolicyWords.last(facts, plan);
    }
}
