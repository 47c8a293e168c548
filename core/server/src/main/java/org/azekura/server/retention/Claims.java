package org.azekura.server.retention;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.PoolGroup;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.server.pool.MediaSets;

/**
 * Which policies have a say in which snapshots: those that name the save set, and the pool in whose media sets it lies. A backup may have gone to another pool of that
 * pool's group: there the policy has a say, too, unless another that names the save set goes there itself.
 */
final class Claims {

    private final CatalogView view;
    private final Map<PoolName, PoolName> heads = new HashMap<>();
    private final Map<PoolName, PoolGroup> groups = new HashMap<>();

    Claims(CatalogView view) throws BackupException {
        this.view = view;
        for (Pool pool : view.pools()) {
            groups.put(pool.name(), pool.group());
        }
    }

    /** @param snapshots all there are of their save sets, with the times at which they were received */
    List<Claim> of(List<Snapshot> snapshots, Map<Snapshot, Aged> aged) throws BackupException {
        Map<SaveSetId, List<Snapshot>> sets = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            sets.computeIfAbsent(new SaveSetId(snapshot.client(), snapshot.saveSet()), id -> new ArrayList<>()).add(snapshot);
        }
        Map<SaveSetId, List<Policy>> named = named(sets.keySet());
        List<Claim> claims = new ArrayList<>();
        for (Map.Entry<SaveSetId, List<Policy>> set : named.entrySet()) {
            Set<PoolName> pools = set.getValue().stream().map(Policy::pool).collect(Collectors.toSet());
            for (Policy policy : set.getValue()) {
                List<Aged> claimed = new ArrayList<>();
                for (Snapshot snapshot : sets.get(set.getKey())) {
                    PoolName pool = head(snapshot.pool());
                    if (pool.equals(policy.pool()) || isStandIn(pool, policy.pool()) && !pools.contains(pool)) {
                        claimed.add(aged.get(snapshot));
                    }
                }
                if (!claimed.isEmpty()) {
                    claims.add(new Claim(policy.name(), policy.keep(), zone(policy), claimed));
                }
            }
        }
        return claims;
    }

    /** Which policies name each of these, by name. */
    private Map<SaveSetId, List<Policy>> named(Set<SaveSetId> sets) throws BackupException {
        Map<SaveSetId, List<Policy>> named = new LinkedHashMap<>();
        for (Policy policy : view.policies()) {
            for (SaveSetId set : policy.saveSets()) {
                if (sets.contains(set)) {
                    named.computeIfAbsent(set, id -> new ArrayList<>()).add(policy);
                }
            }
        }
        return named;
    }

    private PoolName head(PoolName pool) throws BackupException {
        PoolName head = heads.get(pool);
        if (head == null) {
            head = MediaSets.head(view, pool);
            heads.put(pool, head);
        }
        return head;
    }

    private boolean isStandIn(PoolName pool, PoolName meant) {
        return groups.get(meant) != null && groups.get(meant).equals(groups.get(pool));
    }

    /** By whose calendar a policy counts. */
    static ZoneId zone(Policy policy) {
        return policy.timing().zone().isEmpty() ? ZoneId.systemDefault() : ZoneId.of(policy.timing().zone());
    }
}
