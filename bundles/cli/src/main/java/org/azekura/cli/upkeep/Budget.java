package org.azekura.cli.upkeep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.api.ByteSize;
import org.azekura.api.TimeSpan;
import org.azekura.cli.text.CommandFailure;

/** How much a command may do: a size like {@code 50GiB} or a time like {@code 2h}. One of them is 0. */
record Budget(long bytes, long seconds) {

    static Budget parse(String text) {
        long time = TimeSpan.seconds(text);
        Budget budget;
        try {
            budget = time >= 0 ? new Budget(0, time) : new Budget(ByteSize.parse(text), 0);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("--budget is a size like 50GiB or a time like 2h, not \"" + text + "\"");
        }
        if (budget.bytes + budget.seconds == 0) {
            throw CommandFailure.usage("--budget must not be 0");
        }
        return budget;
    }

    void into(ObjectNode order) {
        order.put("bytes", bytes).put("seconds", seconds);
    }
}
