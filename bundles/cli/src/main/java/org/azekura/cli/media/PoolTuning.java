package org.azekura.cli.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.azekura.api.PoolGroup;
import org.azekura.cli.text.CommandFailure;
import org.azekura.cli.text.Exit;
import picocli.CommandLine.Option;

/** How a pool is filled and pruned, as it is given; what is not given stays as it was. */
final class PoolTuning {

    @Option(names = "--group", paramLabel = "GROUP", description = "Pools of a group stand in for each other.")
    private String group;

    @Option(names = "--patience", paramLabel = "SECONDS", description = "How long a backup waits for its node before it goes to another pool of the group (at first: 20).")
    private Integer patience;

    @Option(names = "--live-percent", paramLabel = "N", description = "A prune rewrites packs of which less than so many per cent are alive, 0 to 100 (at first: 50).")
    private Integer livePercent;

    @Option(names = "--compression-level", paramLabel = "N", description = "Of zstd, 1 to 19: higher is smaller and slower (at first: 3).")
    private Integer level;

    boolean hasGroup() {
        return group != null;
    }

    /** @throws CommandFailure {@link Exit#USAGE} */
    void put(ObjectNode order) {
        put(order, "patience", patience, "--patience", 0, 86_400);
        put(order, "livePercent", livePercent, "--live-percent", 0, 100);
        put(order, "compressionLevel", level, "--compression-level", 1, 19);
        if (group != null) {
            order.put("group", checked(group));
        }
    }

    private static void put(ObjectNode order, String field, Integer value, String option, int least, int most) {
        if (value == null) {
            return;
        }
        if (value < least || value > most) {
            throw CommandFailure.usage(option + " is " + least + " to " + most + ", not " + value);
        }
        order.put(field, value);
    }

    private static String checked(String group) {
        try {
            return new PoolGroup(group).value();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Exit.USAGE, e.getMessage(), e);
        }
    }
}
