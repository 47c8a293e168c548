package org.azekura.server.pool;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.server.host.ConnectedNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whose the sessions are that were made before sealed keys said so: a snapshot's is its client's, signed by it; of a backup that did not end only
 * packs are left, and each names the group it was written for: in the pool itself, whose node took them in; copies are not asked. One that packs of several groups name stays as it is.
 */
record SessionJudge(CatalogStore catalog, ConnectedNode node) {

    private static final Logger log = LoggerFactory.getLogger(SessionJudge.class);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    void judge(PoolName pool) throws BackupException {
        Set<SessionId> open = new HashSet<>(catalog.read(view -> view.sessionsOfNobody(Replicas.origin(view, pool))));
        if (open.isEmpty()) {
            return;
        }
        Map<SessionId, TrustGroup> found = bySnapshots(pool, open);
        open.removeAll(found.keySet());
        if (catalog.read(view -> view.replica(pool)).isEmpty()) {
            byPacks(pool, open, found);
        }
        catalog.write(edit -> {
            for (Map.Entry<SessionId, TrustGroup> one : found.entrySet()) {
                SessionBook.judge(edit, one.getKey(), one.getValue());
            }
            return null;
        });
    }

    private Map<SessionId, TrustGroup> bySnapshots(PoolName pool, Set<SessionId> open) throws BackupException {
        Map<SessionId, TrustGroup> found = new HashMap<>();
        for (Snapshot listed : catalog.read(view -> view.snapshotsIn(pool))) {
            SessionId session = session(listed.id());
            Client client = catalog.read(view -> view.client(listed.client())).orElse(null);
            if (client != null && open.contains(session)) {
                found.putIfAbsent(session, client.trustGroup());
            }
        }
        return found;
    }

    /** Null if it was deleted meanwhile, or its manifest is damaged: a pool is served all the same. */
    private SessionId session(SnapshotId id) throws BackupException {
        Snapshot snapshot = catalog.read(view -> view.snapshot(id)).orElse(null);
        try {
            return snapshot == null ? null : Manifest.parse(SignedManifest.parse(snapshot.manifest()).manifest()).session();
        } catch (BackupException e) {
            log.warn("snapshot={}: its manifest does not say in which session it was made: {}", id, e.getMessage());
            return null;
        }
    }

    private void byPacks(PoolName pool, Set<SessionId> open, Map<SessionId, TrustGroup> found) throws BackupException {
        List<SessionId> asked = List.copyOf(open);
        for (int from = 0; from < asked.size(); from += PackOrder.SESSIONS) {
            List<SessionId> batch = List.copyOf(asked.subList(from, Math.min(from + PackOrder.SESSIONS, asked.size())));
            Map<SessionId, Set<TrustGroup>> groups = new HashMap<>();
            try {
                node.ask(new PackOrder.FindSessions(pool, batch), PackAnswer.SessionOwners.class, TIMEOUT).owners()
                        .forEach(owner -> groups.computeIfAbsent(owner.session(), session -> new HashSet<>()).add(owner.group()));
            } catch (BackupException e) {
                log.warn("pool={}: of {} sessions is not known whose they are, and node={} does not tell: {}", pool, asked.size(), node.name(), e.getMessage());
                return;
            }
            groups.forEach((session, of) -> {
                if (of.size() == 1 && open.contains(session)) {
                    found.put(session, of.iterator().next());
                }
            });
        }
    }
}
