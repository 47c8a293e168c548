package org.azekura.server.job.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.server.JobResult;

/**
 * What a restore met that could not be read where it was meant to be, and was had all the same.
 *
 * @param came  from other places, each pool once
 * @param packs in which it was missed
 */
public record Met(List<JobResult.Elsewhere> came, Set<PackId> packs) {

    static final Met NOTHING = new Met(List.of(), Set.of());

    public Met {
        came = List.copyOf(came);
        packs = Set.copyOf(packs);
    }

    /** Together with what another attempt, or another place, met. */
    Met and(Met other) {
        Map<PoolName, JobResult.Elsewhere> all = new LinkedHashMap<>();
        List<JobResult.Elsewhere> both = new ArrayList<>(came);
        both.addAll(other.came);
        for (JobResult.Elsewhere one : both) {
            all.merge(one.pool(), one, (before, now) -> new JobResult.Elsewhere(one.pool(), before.chunks() + now.chunks(), before.bytes() + now.bytes()));
        }
        Set<PackId> missed = new LinkedHashSet<>(packs);
        missed.addAll(other.packs);
        return new Met(List.copyOf(all.values()), missed);
    }
}
