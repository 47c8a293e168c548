package org.azekura.rest.snapshot;

import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.api.server.Snapshots;
import org.azekura.rest.call.Json;

/**
 * What a search found. Paths are in percent form.
 *
 * @param more     whether this is not all
 * @param next     what to give as {@code after} for the next page, null if this is all; a page may have few versions and be followed by others
 * @param closed   pools whose key is not here
 * @param problems folders that could not be read
 * @param unread   snapshots that the index of names has not read yet: what only they have is not here
 * @param searched snapshots that were to be searched, those among them
 */
record FoundView(List<Version> versions, boolean more, String next, List<String> closed, List<SpotView> problems, int unread, int searched) {

    /** @param snapshots how many have it so, from the first to the last */
    record Version(String path, String type, long size, String mtime, String client, String saveSet, String first, String last,
            int snapshots) {

        static Version of(Snapshots.Version v) {
            return new Version(v.path().toPercent(), v.type(), v.size(), Json.time(v.mtime()), v.client().value(), v.saveSet().value(),
                    v.first().toString(), v.last().toString(), v.snapshots());
        }
    }

    static FoundView of(Snapshots.Found found) {
        return new FoundView(found.versions().stream().map(Version::of).toList(), found.next() != null, found.next(), found.closed().stream().map(PoolName::value).toList(),
                found.problems().stream().map(SpotView::of).toList(), found.unread(), found.all());
    }
}
