package org.azekura.server.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.catalog.SnapshotCopy;
import org.azekura.server.pool.MediaSets;

/** Save sets of which the last two snapshots lie in no whole copy where a policy has them copied to. Where no policy wants a copy nobody is told that there is none. */
public final class CopyAlerts {

    private static final int LATE = 2;
    /** What was saved twice in a row is being copied still. */
    private static final Duration GRACE = Duration.ofHours(1);

    private CopyAlerts() {}

    private record Line(SaveSetId saveSet, PoolName pool) {}

    /** @param now retention time */
    public static List<Alert> of(CatalogView view, Instant now) throws BackupException {
        List<Policy> copying = view.policies().stream().filter(policy -> !policy.copyTo().isEmpty()).toList();
        Map<Line, Deque<Snapshot>> newest = copying.isEmpty() ? Map.of() : newest(view);
        List<Alert> alerts = new ArrayList<>();
        for (Policy policy : copying) {
            for (SaveSetId set : policy.saveSets()) {
                Deque<Snapshot> last = newest.getOrDefault(new Line(set, policy.pool()), new ArrayDeque<>());
                if (last.size() == LATE && last.getFirst().received().isBefore(now.minus(GRACE))) {
                    for (PoolName to : policy.copyTo()) {
                        if (!isAnyIn(view, last, to)) {
                            alerts.add(alert(policy, set, to));
                        }
                    }
                }
            }
        }
        return alerts;
    }

    /** Of each the last two, the older one first. */
    private static Map<Line, Deque<Snapshot>> newest(CatalogView view) throws BackupException {
        Map<PoolName, PoolName> heads = new HashMap<>();
        Map<Line, Deque<Snapshot>> newest = new HashMap<>();
        for (Snapshot snapshot : view.newestSnapshots(LATE)) {
            PoolName head = heads.get(snapshot.pool());
            if (head == null) {
                head = MediaSets.head(view, snapshot.pool());
                heads.put(snapshot.pool(), head);
            }
            Deque<Snapshot> last = newest.computeIfAbsent(new Line(new SaveSetId(snapshot.client(), snapshot.saveSet()), head), line -> new ArrayDeque<>(LATE + 1));
            last.addLast(snapshot);
            if (last.size() > LATE) {
                last.removeFirst();
            }
        }
        return newest;
    }

    private static boolean isAnyIn(CatalogView view, Collection<Snapshot> snapshots, PoolName pool) throws BackupException {
        for (Snapshot snapshot : snapshots) {
            for (SnapshotCopy copy : view.copies(snapshot.id())) {
                if (!copy.damaged() && MediaSets.named(view, copy.replica()).equals(pool)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Alert alert(Policy policy, SaveSetId set, PoolName to) {
        return Alert.of("copy.late", Severity.WARNING, Subject.of("save set", set + " in pool " + to), Map.of("client", set.client().value(), "saveSet", set.name().value(), "pool",
                to.value(), "policy", policy.name().value(), "from", policy.pool().value()), "the last two snapshots of save set " + set + " have no whole copy in pool " + to
                + ", where policy " + policy.name() + " has them copied to; \"azekura copy --to " + to + " --pool " + policy.pool() + "\" copies them");
    }
}
