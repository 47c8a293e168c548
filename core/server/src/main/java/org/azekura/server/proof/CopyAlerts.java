package org.azekura.server.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Snapshot;
import org.azekura.server.pool.MediaSets;

/** Save sets of which the last two snapshots lie in no whole copy where a policy has them copied to. Where no policy wants a copy nobody is told that there is none. */
public final class CopyAlerts {

    private static final int LATE = 2;
    /** What was saved twice in a row is being copied still. */
    private static final Duration GRACE = Duration.ofHours(1);

    private CopyAlerts() {}

    private record Line(SaveSetId saveSet, PoolName pool) {}

    /**
     * @param policies all there are
     * @param now      retention time
     */
    public static List<Alert> of(CatalogView view, List<Policy> policies, Instant now) throws BackupException {
        Map<PoolName, Set<Line>> late = new HashMap<>();
        List<Alert> alerts = new ArrayList<>();
        for (Policy policy : policies) {
            for (PoolName to : policy.copyTo()) {
                if (!late.containsKey(to)) {
                    late.put(to, late(view, to, now.minus(GRACE)));
                }
            }
            for (SaveSetId set : policy.saveSets()) {
                Line line = new Line(set, policy.pool());
                policy.copyTo().stream().filter(to -> late.get(to).contains(line)).forEach(to -> alerts.add(alert(policy, set, to)));
            }
        }
        return alerts;
    }

    /** Of what both of the last two have no copy there. */
    private static Set<Line> late(CatalogView view, PoolName to, Instant before) throws BackupException {
        Map<PoolName, PoolName> heads = new HashMap<>();
        Map<Line, Snapshot> one = new HashMap<>();
        Set<Line> late = new HashSet<>();
        for (Snapshot snapshot : view.newestUncopied(LATE, to)) {
            PoolName head = heads.get(snapshot.pool());
            if (head == null) {
                head = MediaSets.head(view, snapshot.pool());
                heads.put(snapshot.pool(), head);
            }
            Line line = new Line(new SaveSetId(snapshot.client(), snapshot.saveSet()), head);
            Snapshot older = one.putIfAbsent(line, snapshot);
            if (older != null && older.received().isBefore(before)) {
                late.add(line);
            }
        }
        return late;
    }

    private static Alert alert(Policy policy, SaveSetId set, PoolName to) {
        return Alert.of("copy.late", Severity.WARNING, Subject.of("save set", set + " in pool " + to), Map.of("client", set.client().value(), "saveSet", set.name().value(), "pool",
                to.value(), "policy", policy.name().value(), "from", policy.pool().value()), "the last two snapshots of save set " + set + " have no whole copy in pool " + to
                + ", where policy " + policy.name() + " has them copied to; \"azekura copy --to " + to + " --pool " + policy.pool() + "\" copies them");
    }
}
