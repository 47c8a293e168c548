package org.azekura.cli.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.ByteSize;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Facts;
import org.azekura.cli.text.Words;

/** What a device has carried in a month and what it may, as people write and read it. */
final class BudgetWords {

    private static final Pattern COUNT = Pattern.compile("(\\d{1,12})([kKMG]?)");
    private static final Pattern MONEY = Pattern.compile("\\d{1,12}([.]\\d{1,6})?");

    private BudgetWords() {}

    static long bytes(String text) {
        try {
            return ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--bytes: " + e.getMessage());
        }
    }

    /** Powers of a thousand, since nobody counts requests otherwise. */
    static long requests(String text) {
        Matcher count = COUNT.matcher(text);
        if (!count.matches()) {
            throw CommandFailure.usage("--requests: a number of requests is like 500000, 500k or 1M; not \"" + text + "\"");
        }
        long unit = switch (count.group(2)) {
            case "k", "K" -> 1_000L;
            case "M" -> 1_000_000L;
            case "G" -> 1_000_000_000L;
            default -> 1L;
        };
        try {
            return Math.multiplyExact(Long.parseLong(count.group(1)), unit);
        } catch (ArithmeticException e) {
            throw CommandFailure.usage("--requests: \"" + text + "\" is too large for a number of requests");
        }
    }

    static double money(String text) {
        if (!MONEY.matcher(text).matches()) {
            throw CommandFailure.usage("--money: an amount is like 20 or 20.00, in the currency that the prices of the device are in; not \"" + text + "\"");
        }
        return new BigDecimal(text).doubleValue();
    }

    /** Adds what is bounded already to the bounds that somebody has named: the appliance takes all of them at once. */
    static void keep(ObjectNode order, JsonNode use) {
        for (String bound : List.of("bytes", "requests", "money")) {
            JsonNode before = use.path("budget").path(bound);
            if (!order.has(bound) && before.isNumber()) {
                order.set(bound, before);
            }
        }
    }

    /** Adds a line for each thing that is counted. */
    static void add(Facts facts, JsonNode use) {
        JsonNode budget = use.path("budget");
        long bytes = use.path("bytesIn").asLong() + use.path("bytesOut").asLong();
        facts.put("month", Words.text(use, "month") + " (UTC)");
        facts.put("bytes", ByteSize.format(bytes) + bound(budget.hasNonNull("bytes") ? ByteSize.format(budget.path("bytes").asLong()) : null) + ": " + Words.size(use, "bytesIn") + " to it, "
                + Words.size(use, "bytesOut") + " from it");
        facts.put("requests", Words.count(use, "requests") + bound(budget.hasNonNull("requests") ? Words.count(budget, "requests") : null) + ": " + Words.count(use, "writes")
                + " that write or list, " + Words.count(use, "reads") + " that read; " + Words.count(use, "free") + " free ones beside");
        facts.put("money", money(use, "money") + bound(budget.hasNonNull("money") ? money(budget, "money") : null) + (use.path("thaws").asDouble() > 0
                ? ", " + money(use, "thaws") + " of it for the archive" : ""));
        if (!use.path("budget").isObject()) {
            facts.put("budget", "none");
        } else if (use.path("spent").asBoolean()) {
            facts.put("budget", "used up: copies, heals and planned drills wait until " + Words.text(use, "until") + "; backups and restores go on");
        } else {
            facts.put("budget", use.path("percent").asLong() + " % used, until " + Words.text(use, "until"));
        }
    }

    /** For a column of a table. */
    static String brief(JsonNode use) {
        return use.path("budget").isObject() ? use.path("percent").asLong() + " %" : "";
    }

    private static String bound(String of) {
        return of == null ? "" : " of " + of;
    }

    private static String money(JsonNode row, String field) {
        return String.format(Locale.ROOT, "%.2f", row.path(field).asDouble());
    }
}
