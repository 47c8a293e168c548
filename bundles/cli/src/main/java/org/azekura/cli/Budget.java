package org.azekura.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.ByteSize;

/** How much a command may do: a size like {@code 50GiB} or a time like {@code 2h}. One of them is 0. */
record Budget(long bytes, long seconds) {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(s|m|min|h|d)");

    static Budget parse(String text) {
        Matcher time = TIME.matcher(text);
        Budget budget;
        try {
            budget = time.matches() ? new Budget(0, Long.parseLong(time.group(1)) * seconds(time.group(2))) : new Budget(ByteSize.parse(text), 0);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--budget is a size like 50GiB or a time like 2h, not \"" + text + "\"");
        }
        if (budget.bytes + budget.seconds == 0) {
            throw CommandFailure.usage("--budget must not be 0");
        }
        return budget;
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m", "min" -> 60;
            case "h" -> 3600;
            default -> 86_400;
        };
    }

    void into(ObjectNode order) {
        order.put("bytes", bytes).put("seconds", seconds);
    }
}
