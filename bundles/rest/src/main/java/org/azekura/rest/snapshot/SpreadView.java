package org.azekura.rest.snapshot;

import java.util.List;
import org.azekura.api.SiteName;
import org.azekura.api.device.Terms.Medium;
import org.azekura.api.server.Spread;

/**
 * How a snapshot is spread, by the rule of 3-2-1.
 *
 * @param state  safe, partly, single or lost
 * @param copies what was saved among them
 * @param kinds  disk, tape, cloud
 * @param lacks  copies, kinds, site; none if it is safe
 */
public record SpreadView(String state, int copies, List<String> kinds, List<String> sites, List<String> lacks) {

    /** @param spread null of a snapshot that came or went in this moment */
    public static SpreadView of(Spread spread) {
        return spread == null ? null : new SpreadView(spread.state().word(), spread.copies(), spread.kinds().stream().map(Medium::word).toList(),
                spread.sites().stream().map(SiteName::value).toList(), spread.lacks().stream().map(Spread.Lack::word).toList());
    }
}
