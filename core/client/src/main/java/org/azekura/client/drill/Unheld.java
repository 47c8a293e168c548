package org.azekura.client.drill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.RawPath;
import org.azekura.api.message.ClientReport;

/** What the scratch place can't hold of entries, told once for each kind. One thread. */
final class Unheld {

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private static final class Kind {
        final RawPath first;
        final String reason;
        long count;

        Kind(RawPath first, String reason) {
            this.first = first;
            this.reason = reason;
        }
    }

    void add(RawPath path, String kind, String reason) {
        kinds.computeIfAbsent(kind, k -> new Kind(path, reason)).count++;
    }

    List<String> told() {
        return kinds.entrySet().stream().limit(ClientReport.Rehearsed.MOST_TOLD).map(kind -> kind.getKey() + " of " + kind.getValue().count
                + (kind.getValue().count == 1 ? " entry" : " entries") + " could not be compared, first of " + kind.getValue().first + ": " + kind.getValue().reason).toList();
    }
}
