package org.azekura.client.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.RawPath;
import org.azekura.client.job.Problems;

/**
 * Entries that have several names: the first that is restored has the data, the others are linked to it at the end. Paths are kept
 * as they came, not cut apart, because there may be millions. One thread.
 */
final class Links {

    private record Later(RawPath path, long group) {}

    private final Map<Long, RawPath> first = new HashMap<>();
    private final Set<Long> failed = new HashSet<>();
    private final List<Later> later = new ArrayList<>();

    /** @return true if this name is the one that gets the data */
    boolean isFirst(long group, TargetPath path) {
        if (group == 0) {
            return true;
        }
        RawPath known = first.putIfAbsent(group, path.saved());
        if (known == null || known.equals(path.saved())) {
            return true;
        }
        later.add(new Later(path.saved(), group));
        return false;
    }

    /** This name has the data, or is a link to what has, since an earlier attempt. */
    void restored(long group, TargetPath path) {
        if (group != 0) {
            first.putIfAbsent(group, path.saved());
        }
    }

    /** Whether one of its names has the data. */
    boolean knows(long group) {
        return first.containsKey(group);
    }

    /** The data could not be restored. */
    void failed(long group) {
        if (group != 0) {
            failed.add(group);
        }
    }

    /** Makes the other names. */
    void make(Maker maker, Problems problems) {
        for (Later link : later) {
            RawPath from = first.get(link.group);
            if (failed.contains(link.group)) {
                problems.add(link.path, "is a link to " + from + ", which could not be restored");
            } else {
                maker.link(TargetPath.of(from), TargetPath.of(link.path));
            }
        }
    }
}
