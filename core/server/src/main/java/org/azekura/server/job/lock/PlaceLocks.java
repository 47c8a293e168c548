package org.azekura.server.job.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Replica;
import org.azekura.api.device.BlobLock;
import org.azekura.api.message.Answer;
import org.azekura.api.message.LockAnswer;
import org.azekura.api.message.LockOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.pool.OwedLocks;
import org.azekura.server.retention.HeldSnapshot;
import org.azekura.server.trees.IdSet;
import org.azekura.server.trees.RefWalk;

/** The locks of one place. Snapshots are to come with those first that are kept longest: then each pack is asked for once, and a page that was seen needs no second look. */
final class PlaceLocks {

    /** A pack may be rewritten between the look and the lock: so often it is looked again. */
    private static final int ROUNDS = 3;
    /** So many are looked at by one question: it ends in time, also on a bucket that takes a few requests a second. */
    private static final int MANIFESTS = 32;
    /** Locks end on a grid of this width or a third of what is left, whichever is less: a pack that day after day needs is lengthened every few days only. */
    private static final long GRID_s = Duration.ofDays(10).toSeconds();
    /** So much too early ends the lock of a manifest whose snapshot is not locked as a whole: it is kept, and the snapshot is come back to. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final Stage stage;
    private final JobRecord record;
    private final Pool place;
    private final ConnectedNode node;
    private final BlobLock.Mode mode;
    private final Halt halt;
    private final Map<TrustGroup, IdSet> seen = new HashMap<>();
    private final Map<PackId, BlobLock> locked = new HashMap<>();
    private long packs;

    /**
     * In the mode that was laid down for the pool, or the strongest below it that its device has.
     *
     * @return null if the device locks nothing so
     */
    static PlaceLocks of(Stage stage, JobRecord record, Pool place, ConnectedNode node, Halt halt) throws BackupException {
        BlobLock.Mode wanted = stage.catalog().read(view -> view.lockMode(MediaSets.head(view, view.replica(place.name()).map(Replica::within).orElse(place.name()))));
        List<BlobLock.Mode> modes = node.ask(new LockOrder.AskModes(place.name()), LockAnswer.Modes.class, Orders.PROMPT).modes();
        BlobLock.Mode mode = modes.stream().filter(each -> each.compareTo(wanted) <= 0).max(Comparator.naturalOrder()).orElse(null);
        if (mode != null && mode != wanted) {
            record.line(JobLine.Level.WARN, "the device of pool " + place.name() + " locks in the mode " + mode.word() + " only: who owns it can lift its locks");
        }
        return mode == null ? null : new PlaceLocks(stage, record, place, node, mode, halt);
    }

    private PlaceLocks(Stage stage, JobRecord record, Pool place, ConnectedNode node, BlobLock.Mode mode, Halt halt) throws BackupException {
        this.stage = stage;
        this.record = record;
        this.place = place;
        this.node = node;
        this.mode = mode;
        this.halt = halt;
        stage.catalog().read(view -> {
            view.eachLocked(place.name(), locked::put);
            return null;
        });
    }

    /** Packs whose lock was made or lengthened. */
    long packs() {
        return packs;
    }

    /** Those that the medium does not lock for long enough. */
    List<HeldSnapshot> open(List<HeldSnapshot> held) throws BackupException {
        Map<SnapshotId, BlobLock> there = new HashMap<>();
        for (int from = 0; from < held.size(); from += MANIFESTS) {
            halt.check();
            List<SnapshotId> page = held.subList(from, Math.min(held.size(), from + MANIFESTS)).stream().map(one -> one.snapshot().id()).toList();
            node.ask(new LockOrder.ReadManifestLocks(place.name(), page), LockAnswer.Manifests.class, Orders.READ).locks()
                    .forEach(lock -> there.put(lock.snapshot(), lock.lock()));
        }
        return held.stream().filter(one -> !covers(there.get(one.snapshot().id()), one.until())).toList();
    }

    private boolean covers(BlobLock lock, Instant until) {
        return lock != null && lock.covers(new BlobLock(mode, until.minusSeconds(1)));
    }

    /** @return why not all of it is locked, null if it is */
    String lock(HeldSnapshot held) throws BackupException {
        BlobLock lock = new BlobLock(mode, end(Instant.now(), held.until()));
        TrustGroup group = stage.catalog().read(view -> view.client(held.snapshot().client())).map(Client::trustGroup).orElseThrow();
        String problem = null;
        for (int round = 1; round <= ROUNDS; round++) {
            NeededPacks needed = new NeededPacks(node, place.name(), group);
            new RefWalk(stage.trees(), seen.computeIfAbsent(group, g -> new IdSet()), needed).run(held.snapshot().root());
            problem = hold(needed.packs().stream().filter(pack -> !covers(locked.get(pack), held.until())).toList(), lock);
            if (problem == null && needed.missing() == 0) {
                manifest(held, Duration.ZERO);
                return null;
            }
            // What is below the pages seen is not all locked.
            seen.remove(group);
            if (problem == null) {
                problem = needed.missing() + " chunks that it needs are nowhere in pool " + place.name() + "; what is there is locked, and the rest when it is there again";
                break;
            }
        }
        manifest(held, SHORT);
        return problem;
    }

    /** To the second: it is to go with its snapshot. */
    private void manifest(HeldSnapshot held, Duration early) throws BackupException {
        BlobLock lock = new BlobLock(mode, Instant.ofEpochSecond(held.until().getEpochSecond()).minus(early));
        node.ask(new LockOrder.LockManifest(place.name(), held.snapshot().id(), lock), Answer.Done.class, Orders.READ);
    }

    /**
     * Packs that were healed, and came in the place of others, or beside them: who needs them is not looked up, so they are locked as long as anything here.
     *
     * @return why some are not locked, null if all are
     */
    String lockOwed(HeldSnapshot longest) throws BackupException {
        return hold(OwedLocks.in(stage.catalog(), place.name()), new BlobLock(mode, end(Instant.now(), longest.until())));
    }

    /** The audit log that lies there: as long as anything is. */
    void lockAudit(List<HeldSnapshot> held) throws BackupException {
        Instant longest = held.stream().map(HeldSnapshot::until).max(Comparator.naturalOrder()).orElseThrow();
        node.ask(new LockOrder.LockAudit(place.name(), new BlobLock(mode, end(Instant.now(), longest))), Answer.Done.class, Orders.READ);
    }

    /** The end of a lock, not before the moment that is asked for. */
    static Instant end(Instant now, Instant until) {
        long grid = Math.clamp(Duration.between(now, until).toSeconds() / 3, 1, GRID_s);
        return Instant.ofEpochSecond(Math.ceilDiv(until.getEpochSecond() + 1, grid) * grid);
    }

    private String hold(List<PackId> open, BlobLock lock) throws BackupException {
        String first = null;
        for (int from = 0; from < open.size(); from += LockOrder.PACKS) {
            halt.check();
            List<PackId> batch = open.subList(from, Math.min(open.size(), from + LockOrder.PACKS));
            List<LockAnswer.Problem> not = node.ask(new LockOrder.LockPacks(place.name(), batch, lock), LockAnswer.NotLocked.class, Orders.READ).packs();
            Set<PackId> done = new HashSet<>(batch);
            not.stream().map(LockAnswer.Problem::pack).toList().forEach(done::remove);
            note(done, lock);
            first = first == null && !not.isEmpty() ? not.size() + " packs can't be locked, " + not.getFirst().why() : first;
        }
        return first;
    }

    private void note(Set<PackId> done, BlobLock lock) throws BackupException {
        stage.catalog().write(edit -> {
            for (PackId id : done) {
                Pack row = edit.pack(id, place.name()).orElse(null);
                if (row != null) {
                    edit.putLocked(id, row.volume(), lock);
                }
                OwedLocks.paid(edit, place.name(), id);
            }
            return null;
        });
        done.forEach(pack -> locked.put(pack, lock));
        packs += done.size();
    }
}
