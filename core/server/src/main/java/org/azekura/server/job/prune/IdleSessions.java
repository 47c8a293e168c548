package org.azekura.server.job.prune;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SessionId;
import org.azekura.api.catalog.Deletion;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.engine.snapshot.Manifest;
import org.azekura.engine.snapshot.SignedManifest;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.damage.DamagedSnapshots;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.SessionBook;
import org.azekura.server.prune.LiveRoots;
import org.azekura.server.trees.TreeMarks;

/**
 * Sessions of a pool of which some may have sealed nothing that is left: no chunk in a pack, no tree page here, no manifest.
 *
 * @param known   all sessions of the pool
 * @param sealing those that sealed tree pages which are alive
 */
record IdleSessions(Stage stage, Pool pool, ConnectedNode node, LiveRoots live, List<SessionId> known, Set<SessionId> sealing) {

    private static final Duration LIST = Duration.ofMinutes(2);

    /**
     * Forgets those. Not while backups are under way: what they have sealed is not to be seen yet.
     *
     * @param met by a walk through what is alive in other pools
     */
    void forget(Set<SessionId> met, TreeMarks marks) throws BackupException {
        Set<SessionId> idle = new HashSet<>(known);
        if (live.backups()) {
            idle.clear();
        }
        idle.removeAll(sealing);
        idle.removeAll(met);
        removePacked(idle, pool.name(), node);
        for (Pool replica : idle.isEmpty() ? List.<Pool>of() : stage.pools().replicas().of(pool.name())) {
            removeCopied(idle, replica);
        }
        removeManifests(idle);
        if (!idle.isEmpty()) {
            idle.removeAll(marks.sessionsOfTheDead());
        }
        stage.catalog().write(edit -> {
            for (SessionId session : idle) {
                SessionBook.forget(edit, session);
            }
            for (Deletion deletion : edit.deletions(pool.name())) {
                DamagedSnapshots.forget(edit, deletion.snapshot());
            }
            return null;
        });
    }

    /** What is in copies that are away can't be told. */
    private void removeCopied(Set<SessionId> idle, Pool replica) throws BackupException {
        if (stage.hosts().isConnected(replica.node()) && !stage.pools().offline().containsKey(replica.name())) {
            removePacked(idle, replica.name(), stage.hosts().node(replica.node()));
        } else {
            idle.clear();
        }
    }

    private static void removePacked(Set<SessionId> idle, PoolName name, ConnectedNode node) throws BackupException {
        for (PackId after = null; !idle.isEmpty();) {
            PackAnswer.PackList page = node.ask(new PackOrder.ListPacks(name, after), PackAnswer.PackList.class, LIST);
            if (page.packs().isEmpty()) {
                return;
            }
            page.sessions().stream().map(NodeReport.PackSession::session).toList().forEach(idle::remove);
            after = page.packs().getLast().pack();
        }
    }

    private void removeManifests(Set<SessionId> idle) throws BackupException {
        for (Snapshot listed : idle.isEmpty() ? List.<Snapshot>of() : stage.catalog().read(view -> view.snapshotsIn(pool.name()))) {
            Snapshot snapshot = stage.catalog().read(view -> view.snapshot(listed.id())).orElse(null);
            if (snapshot != null) {
                idle.remove(Manifest.parse(SignedManifest.parse(snapshot.manifest()).manifest()).session());
            }
        }
    }
}
