package org.azekura.client.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.client.job.Problems;

/** Entries that have several names: the first that is restored has the data, the others are linked to it at the end. One thread. */
final class Links {

    private record Later(TargetPath path, long group) {}

    private final Map<Long, TargetPath> first = new HashMap<>();
    private final Map<Long, Boolean> failed = new HashMap<>();
    private final List<Later> later = new ArrayList<>();

    /** @return true if this name is the one that gets the data */
    boolean isFirst(long group, TargetPath path) {
        if (group == 0) {
            return true;
        }
        TargetPath known = first.putIfAbsent(group, path);
        if (known == null || known.saved().equals(path.saved())) {
            return true;
        }
        later.add(new Later(path, group));
        return false;
    }

    /** The data could not be restored. */
    void failed(long group) {
        if (group != 0) {
            failed.put(group, true);
        }
    }

    /** Makes the other names. */
    void make(Maker maker, Problems problems) {
        for (Later link : later) {
            TargetPath from = first.get(link.group);
            if (failed.containsKey(link.group)) {
                problems.add(link.path.saved(), "is a link to " + from.saved() + ", which could not be restored");
            } else {
                maker.link(from, link.path);
            }
        }
    }
}
