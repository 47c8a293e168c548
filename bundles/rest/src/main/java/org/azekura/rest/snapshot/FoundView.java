package org.azekura.rest.snapshot;

import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Json;

/**
 * What a search found. Paths are in percent form.
 *
 * @param more     whether the limit cut it short
 * @param closed   pools whose key is not here
 * @param problems folders that could not be read
 */
record FoundView(List<Version> versions, boolean more, List<String> closed, List<SpotView> problems) {

    /** @param snapshots how many have it so, from the first to the last */
    record Version(String path, String type, long size, String mtime, String client, String saveSet, String first, String last,
            int snapshots) {

        static Version of(Snapshots.Version v) {
            return new Version(v.path().toPercent(), v.type(), v.size(), Json.time(v.mtime()), v.client().value(), v.saveSet().value(),
                    v.first().toString(), v.last().toString(), v.snapshots());
        }
    }

    static FoundView of(Snapshots.Found found) {
        return new FoundView(found.versions().stream().map(Version::of).toList(), found.more(), found.closed().stream().map(PoolName::value).toList(),
                found.problems().stream().map(SpotView::of).toList());
    }
}
