package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.server.JobResult;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.trees.TreeStore;

/**
 * What lies on the volume of a pool beside its packs: key ring, manifests, checkpoints, the audit log. All of it the catalog has, so whatever is gone or damaged is laid down anew from there.
 * One thread.
 */
public final class LaidRecords {

    private final CatalogStore catalog;
    private final TreeStore trees;
    private final PoolVault vault;
    private final ConnectedNode node;
    private final Pool pool;
    private final List<JobResult.Laid> laid = new ArrayList<>();

    public LaidRecords(CatalogStore catalog, TreeStore trees, PoolVault vault, ConnectedNode node, Pool pool) {
        this.catalog = catalog;
        this.trees = trees;
        this.vault = vault;
        this.node = node;
        this.pool = pool;
    }

    /**
     * Looks at all of it and mends it.
     *
     * @return what was found, and what became of it; empty if all is as it should be
     */
    public List<JobResult.Laid> mend() {
        part("key ring, checkpoints and audit log", this::others);
        part("manifests", this::manifests);
        return laid;
    }

    private void others() throws BackupException {
        ReentrantLock turn = node.turn(pool.name());
        turn.lock();
        try {
            PoolAnswer.RecordsFound found = node.ask(new HealOrder.CheckRecords(pool.name(), pool.keyRing()), PoolAnswer.RecordsFound.class, ConnectedNode.DURABLE);
            if (found.keyRing() != null) {
                mend("key ring", found.keyRing(), () -> PoolVolumes.store(pool, node));
            }
            audit(found.segments());
            checkpoints(found.checkpoints());
        } finally {
            turn.unlock();
        }
    }

    private void manifests() throws BackupException {
        LaidManifests manifests = new LaidManifests(catalog, pool, node);
        for (PoolAnswer.Difference one : manifests.differing()) {
            mend("manifest of snapshot " + one.snapshot(), one.what(), () -> manifests.lay(one.snapshot()));
        }
    }

    private interface Step {
        void run() throws BackupException;
    }

    /** What can't be looked at now ends neither what was found so far nor what is looked at next. */
    private void part(String which, Step step) {
        try {
            step.run();
        } catch (BackupException e) {
            tell(which, "not all of it can be looked at: " + e.getMessage(), false);
        }
    }

    /** @return whether the step was done */
    private boolean mend(String blob, String what, Step step) {
        Optional<String> why = Optional.empty();
        try {
            step.run();
        } catch (BackupException e) {
            why = Optional.of(e.getMessage());
        }
        tell(blob, what + why.map(reason -> "; can't be laid down anew: " + reason).orElse("; laid down anew"), why.isPresent());
        return why.isEmpty();
    }

    private void tell(String blob, String what, boolean damaged) {
        laid.add(new JobResult.Laid(pool.name(), blob, what, damaged));
    }

    private void audit(List<PoolAnswer.SegmentFound> segments) throws BackupException {
        LaidAudit audit = new LaidAudit(catalog, pool.name());
        // Until the log is back from the media nobody knows what a broken segment had that others have not.
        boolean waits = catalog.read(RevivedAudit::waits);
        Optional<Long> gap = waits ? Optional.empty() : audit.gap(segments);
        boolean written = gap.isEmpty()
                || mend("audit log from line " + gap.get() + " on", "it is gone or damaged", () -> audit.lay(gap.get(), new WrittenAudit(catalog, vault, node, pool.name())));
        for (PoolAnswer.SegmentFound segment : segments) {
            if (segment.what() != null) {
                drop(segment.key(), segment.what(), !waits && audit.replaces(segment, segments, written));
            }
        }
    }

    /** @param replaced whether another says the same; as long as none does it stays, and each verify finds it */
    private void drop(String key, String what, boolean replaced) {
        if (!replaced) {
            tell(key, what + "; it stays until another says the same", true);
            return;
        }
        Optional<BackupException> kept = remove(key);
        if (kept.isEmpty()) {
            tell(key, what + "; it is deleted, another says the same", false);
        } else if (!kept.get().failure().code().equals("blob.locked")) {
            tell(key, what + "; another says the same, yet it can't be deleted: " + kept.get().getMessage(), false);
        }
    }

    /** @return why its medium keeps it: it does no harm there, and while it is locked nobody can do anything about it */
    private Optional<BackupException> remove(String key) {
        try {
            node.ask(new HealOrder.RemoveBroken(pool.name(), key), Answer.Done.class, ConnectedNode.DURABLE);
            return Optional.empty();
        } catch (BackupException e) {
            return Optional.of(e);
        }
    }

    private void checkpoints(List<PoolAnswer.CheckpointFound> found) throws BackupException {
        List<PoolAnswer.CheckpointFound> broken = found.stream().filter(one -> one.what() != null).toList();
        PoolAnswer.CheckpointFound newest = found.stream().filter(one -> one.what() == null).findFirst().orElse(null);
        if (isLost(newest, !broken.isEmpty())) {
            PoolAnswer.CheckpointFound first = broken.isEmpty() ? null : broken.getFirst();
            boolean written = mend(first == null ? "checkpoint" : first.key(), first == null ? "the newest is gone" : first.what(), this::write);
            if (first != null && written) {
                remove(first.key());
            }
            for (PoolAnswer.CheckpointFound one : broken.subList(Math.min(1, broken.size()), broken.size())) {
                drop(one.key(), one.what(), written);
            }
            return;
        }
        // Where none is broken, nothing is lost if it fails: the next backup tries again.
        boolean said = !isDue(newest) || checkpoint().writeAnyway().isEmpty();
        for (PoolAnswer.CheckpointFound one : broken) {
            drop(one.key(), one.what(), said);
        }
    }

    private PoolCheckpoint checkpoint() {
        return new PoolCheckpoint(catalog, trees, vault, node, pool.name());
    }

    /** Whether another is due anyway, and no cartridge is brought for it. */
    private boolean isDue(PoolAnswer.CheckpointFound newest) throws BackupException {
        return newest == null ? catalog.read(view -> view.figures(pool.name())).packs() > 0 : newest.hash() != null && PoolCheckpoint.isDue(catalog, pool.name());
    }

    /** Whether the newest that is sound (null: none is) is not the one that was written last. Where another is due anyway nobody can say. */
    private boolean isLost(PoolAnswer.CheckpointFound newest, boolean anyBroken) throws BackupException {
        boolean due = PoolCheckpoint.isDue(catalog, pool.name());
        String noted = catalog.read(view -> LastCheckpoint.noted(view, pool.name())).map(LastCheckpoint::hash).orElse("");
        return newest == null ? !due || anyBroken : !due && newest.hash() != null && !noted.isEmpty() && !noted.equals(HexFormat.of().formatHex(newest.hash()));
    }

    private void write() throws BackupException {
        Optional<String> why = checkpoint().writeAnyway();
        if (why.isPresent()) {
            throw BackupException.media("checkpoint.unwritten", pool.name().value(), why.get(), null);
        }
    }
}
