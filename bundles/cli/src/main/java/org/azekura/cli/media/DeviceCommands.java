package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.DeviceName;
import org.azekura.cli.command.NodeCommands;
import org.azekura.cli.command.Root;
import org.azekura.cli.contact.Query;
import org.azekura.cli.contact.Rest;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import org.azekura.cli.text.PathForm;
import org.azekura.cli.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code azekura device …} */
@Command(name = "device", description = "Devices beyond a pool's own, and whether they work.", footer = {"", "Example:", "  azekura device list"})
public final class DeviceCommands extends NodeCommands {

    /** A self-test ends within a minute, behind calls that have begun. */
    private static final int TEST_MS = 150_000;
    /** Longer than any pause of a device. */
    private static final int CHANGE_MS = 270_000;

    public DeviceCommands(Root root) {
        super(root);
    }

    @Command(name = "list", description = "All devices, those of pools among them.", footer = {"", "Example:", "  azekura device list --json"})
    int list(@Option(names = "--node", paramLabel = "NODE", description = "Only of this storage node.") String node) {
        return list("devices", node, device -> new String[] {Words.text(device, "name"), Words.text(device, "driver"), Words.text(device, "node"),
            Words.text(device, "state"), names(device.path("pools")), BudgetWords.brief(device.path("use")), place(device)}, device -> "", "NAME", "DRIVER", "NODE", "STATE", "POOLS",
                "BUDGET", "LOCATION");
    }

    @Command(name = "show", description = "One device, and what it has carried this month.", footer = {"", "Example:", "  azekura device show cloud"})
    int show(@Parameters(paramLabel = "NAME", description = "Of the device.") String name,
            @Option(names = "--node", paramLabel = "NODE", description = "Storage node that has it, if several have one of this name.") String node) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode device : root.rest().get("devices" + Query.of("node", node))) {
            if (Words.text(device, "name").equals(name)) {
                found.add(device);
            }
        }
        if (found.size() != 1) {
            throw new CommandFailure(Exit.FAILED, found.isEmpty() ? "there is no device " + name + "; \"azekura device list\" names those of the nodes that are connected"
                    : "several storage nodes have a device " + name + "; name one with --node");
        }
        JsonNode device = found.getFirst();
        if (root.json()) {
            root.document(device);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("device", name);
        facts.put("driver", Words.text(device, "driver"));
        facts.put("node", Words.text(device, "node"));
        facts.put("state", Words.text(device, "state"));
        facts.put("location", place(device));
        facts.put("pools", names(device.path("pools")));
        if (device.path("use").isObject()) {
            BudgetWords.add(facts, device.path("use"));
        }
        return Exit.DONE;
    }

    @Command(name = "budget", description = {"Shows or sets what a device may carry and cost in a calendar month (UTC).", "",
            "At 80 %% of it an alert comes, and another when it is used up. From then on copies, heals and planned drills park until the month is over or there is more, and go on by"
                    + " themselves. Backups and restores never wait for it.", "",
            "A bound that is not named stays as it is; --none takes all of them away. Money is reckoned by the prices among the device's settings."},
            footer = {"", "Example:", "  azekura device budget cloud --bytes 500G --requests 1M --money 20.00"})
    int budget(@Parameters(paramLabel = "NAME", description = "Of the device.") String name,
            @Option(names = "--bytes", paramLabel = "SIZE", description = "To it and from it together, like 500G.") String bytes,
            @Option(names = "--requests", paramLabel = "NUMBER", description = "That are usually billed, like 1M.") String requests,
            @Option(names = "--money", paramLabel = "AMOUNT", description = "In the currency of the prices set, like 20.00.") String money,
            @Option(names = "--none", description = "Without bounds from now on.") boolean none,
            @Option(names = "--node", paramLabel = "NODE", description = "Storage node that has it, if several have one of this name.") String node) {
        String address = "devices/" + Rest.encode(name) + "/budget" + Query.of("node", node);
        ObjectNode order = Json.object();
        if (bytes != null) {
            order.put("bytes", BudgetWords.bytes(bytes));
        }
        if (requests != null) {
            order.put("requests", BudgetWords.requests(requests));
        }
        if (money != null) {
            order.put("money", BudgetWords.money(money));
        }
        if (none && !order.isEmpty()) {
            throw CommandFailure.usage("--none takes every bound away; leave it out to set some");
        }
        if (!order.isEmpty()) {
            BudgetWords.keep(order, root.rest().get(address));
        }
        JsonNode use = none ? root.rest().delete(address) : order.isEmpty() ? root.rest().get(address) : root.rest().put(address, order);
        if (root.json()) {
            root.document(use);
            return Exit.DONE;
        }
        Facts facts = new Facts(root.out());
        facts.put("device", Words.text(use, "device") + " of node " + Words.text(use, "node"));
        BudgetWords.add(facts, use);
        return Exit.DONE;
    }

    private static String place(JsonNode device) {
        String problem = Words.text(device, "problem");
        return problem.isEmpty() ? Words.text(device, "location") : problem;
    }

    @Command(name = "add", description = {"Has a driver serve a device; pools are made on it later.", "A relative path of the settings \"path\" and \"folder\" counts from the working"
            + " folder."}, footer = {"", "Example:", "  azekura device add lib1 --driver simulator --set folder=/srv/library --set drives=2"})
    int add(@Parameters(paramLabel = "NAME", description = "Of the new device.") String name,
            @Option(names = "--driver", required = true, paramLabel = "DRIVER", description = "That serves it, like disk.") String driver,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the driver; may be repeated.") Map<String, String> given,
            @Option(names = "--node", paramLabel = "NODE", description = "Storage node that has it (default: the appliance's own, else the only one).") String node) {
        try {
            new DeviceName(name);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
        Map<String, String> settings = given == null ? Map.of() : settings(given);
        ObjectNode order = Json.object().put("name", name).put("driver", driver);
        ObjectNode values = order.putObject("settings");
        settings.forEach(values::put);
        Json.putGiven(order, "node", node);
        return tell(root.rest().post("devices", order), " is there: ");
    }

    @Command(name = "set", description = {"Changes settings of a device, also of a pool's own, while jobs go on: they pause, and go on when the device has proved"
            + " itself.", "It must do what it has to and hold the volumes of its pools; else it keeps the settings that it had (exit 1)."},
            footer = {"", "Example:", "  azekura device set default --set path=/mnt/new/backup"})
    int set(@Parameters(paramLabel = "NAME", description = "Of the device; a pool's own is called as the pool.") String name,
            @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of the driver; may be repeated.") Map<String, String> given,
            @Option(names = "--unset", paramLabel = "KEY", description = "A setting that gets its default; may be repeated.") List<String> unset,
            @Option(names = "--node", paramLabel = "NODE", description = "Storage node that has it, if several have one of this name.") String node) {
        if (given == null && unset == null) {
            throw CommandFailure.usage("say what is to change: --set KEY=VALUE, --unset KEY");
        }
        ObjectNode change = Json.object();
        ObjectNode settings = change.putObject("settings");
        if (unset != null) {
            unset.forEach(settings::putNull);
        }
        if (given != null) {
            settings(given).forEach(settings::put);
        }
        return tell(root.rest().post("devices/" + Rest.encode(name) + Query.of("node", node), change, CHANGE_MS), " works with these settings: ");
    }

    /** The folder that the user means is seen from here, not from the server. */
    private static Map<String, String> settings(Map<String, String> given) {
        Map<String, String> settings = new LinkedHashMap<>(given);
        for (String folder : List.of("path", "folder")) {
            settings.computeIfPresent(folder, (key, path) -> path.isEmpty() ? path : PathForm.PLAIN.absoluteText(path));
        }
        return settings;
    }

    @Command(name = "test", description = "Has the driver try the device.", footer = {"", "Example:", "  azekura device test lib1"})
    int test(@Parameters(paramLabel = "NAME", description = "Of the device.") String name,
            @Option(names = "--node", paramLabel = "NODE", description = "Storage node that has it, if several have one of this name.") String node) {
        return tell(root.rest().post("devices/" + Rest.encode(name) + "/test" + Query.of("node", node), null, TEST_MS), " passes its self-test: ");
    }

    @Command(name = "remove", description = "Forgets a device; what is on its media stays. Refused while a pool lies on it.",
            footer = {"", "Example:", "  azekura device remove lib1"})
    int remove(@Parameters(paramLabel = "NAME", description = "Of the device.") String name,
            @Option(names = "--node", paramLabel = "NODE", description = "Storage node that has it, if several have one of this name.") String node) {
        JsonNode gone = root.rest().delete("devices/" + Rest.encode(name) + Query.of("node", node));
        if (root.json()) {
            root.document(gone);
        } else {
            root.out().println("device " + name + " is forgotten; what is on its media stays");
        }
        return Exit.DONE;
    }

    private int tell(JsonNode device, String what) {
        if (root.json()) {
            root.document(device);
        } else {
            root.out().println("device " + Words.text(device, "name") + " of driver " + Words.text(device, "driver") + " on node " + Words.text(device, "node")
                    + what + Words.text(device, "location"));
        }
        return Exit.DONE;
    }
}
