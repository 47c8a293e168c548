package org.azekura.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.azekura.api.TimeSpan;
import org.azekura.cli.command.Group;
import org.azekura.cli.command.Root;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code azekura rule …} */
@Command(name = "rule", description = {"Has dangerous acts wait for another admin, and for a time in which anybody who may can still end them.",
    "Dangerous are: to delete pools, snapshots and policies, to keep, save or prove less, to give up or accept volumes, keys, certificates and recovery files, to trust publishers of drivers,"
        + " other settings of devices and targets of notifications, to reset a password, to take away a second factor, to make or delete an admin, and to weaken this rule. What the home's own token orders is done at once."},
    footer = {"", "Example:", "  azekura rule set --persons 2 --delay 24h"})
public final class RuleCommands extends Group {

    private final Root root;

    public RuleCommands(Root root) {
        this.root = root;
    }

    @Command(name = "show", description = "What dangerous acts wait for.", footer = {"", "Example:", "  azekura rule show"})
    int show() {
        return tell(root.rest().get("rule"));
    }

    @Command(name = "set", description = "Changes the rule; what is left out stays. To ask for less is a dangerous act itself, under the rule as it is.",
            footer = {"", "Example:", "  azekura rule set --persons 2 --delay 24h", "  azekura rule set --off"})
    int set(@Option(names = "--persons", paramLabel = "N", description = "2: another admin confirms; 1: who asked will do, only the delay is waited for.") Integer persons,
            @Option(names = "--delay", paramLabel = "TIME", description = "From the confirmation on, like 30m or 24h, up to 7d (default: 24h).") String delay,
            @Option(names = "--off", description = "Dangerous acts are done at once.") boolean off) {
        if (off && (persons != null || delay != null)) {
            throw CommandFailure.usage("give --off alone");
        }
        if (!off && persons == null && delay == null) {
            throw CommandFailure.usage("say what dangerous acts wait for, like --persons 2 --delay 24h, or --off");
        }
        if (persons != null && persons != 1 && persons != 2) {
            throw CommandFailure.usage("--persons is 1 or 2; --off turns the rule off");
        }
        ObjectNode order = Json.object();
        if (off || persons != null) {
            order.put("persons", off ? 0 : persons);
        }
        if (delay != null) {
            order.put("delay", seconds(delay));
        }
        return tell(root.rest().post("rule", order));
    }

    private static long seconds(String delay) {
        long seconds = delay.equals("0") ? 0 : TimeSpan.seconds(delay);
        if (seconds < 0) {
            throw CommandFailure.usage("--delay is a time like 30m, 24h or 7d, not \"" + delay + "\"");
        }
        return seconds;
    }

    private int tell(JsonNode rule) {
        if (root.json()) {
            root.document(rule);
            return Exit.DONE;
        }
        int persons = rule.path("persons").asInt();
        Facts facts = new Facts(root.out());
        facts.put("rule", persons == 0 ? "off: dangerous acts are done at once" : persons == 1 ? "the delay alone" : "another admin confirms, then the delay");
        if (persons > 0) {
            facts.put("delay", rule.path("delay").asLong() == 0 ? "none" : TimeSpan.format(Duration.ofSeconds(rule.path("delay").asLong())));
        }
        return Exit.DONE;
    }
}
