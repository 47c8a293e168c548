package org.azekura.server.job.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.Snapshots;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.job.place.PartPlaces;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;

/**
 * From which of its places a snapshot is restored: from a disk; else from cartridges that are there; else from those of which the fewest files are away. One thread;
 * must be closed.
 */
public final class RecallChoice implements AutoCloseable {

    private final SnapshotPlaces.Served place;
    /** Null on a disk. */
    private final Recalling recalling;
    private final List<Snapshots.Lying> lying;
    /** What each place waits for. */
    private final List<BackupException> missing;

    private RecallChoice(SnapshotPlaces.Served place, Recalling recalling, List<Snapshots.Lying> lying, List<BackupException> missing) {
        this.place = place;
        this.recalling = recalling;
        this.lying = lying;
        this.missing = missing;
    }

    /** Walks all that is wanted, for each place on cartridges until all of it is there. */
    public static RecallChoice of(SnapshotPlaces places, List<SnapshotPlaces.Served> served, TreeReader trees, List<RawPath> wanted, TrustGroup group) throws BackupException {
        List<BackupException> missing = new ArrayList<>();
        RecallChoice best = null;
        boolean chosen = false;
        try {
            for (SnapshotPlaces.Served place : served) {
                if (place.cartridges() == null) {
                    return new RecallChoice(place, null, List.of(), missing);
                }
                Recalling plan = Recalling.plan(place.cartridges(), trees, wanted, group, places.snapshot().root());
                RecallChoice next = new RecallChoice(place, plan, place.cartridges().lying(places.within(place.pool()), place.node().name(), plan.needs()), missing);
                RecallChoice worse = best == null || PartPlaces.away(next.lying) < PartPlaces.away(best.lying) ? best : next;
                best = worse == next ? best : next;
                if (worse != null) {
                    worse.close();
                }
                if (plan.late() == 0) {
                    break;
                }
                missing.add(plan.missing());
            }
            chosen = true;
            return best;
        } finally {
            if (!chosen && best != null) {
                best.close();
            }
        }
    }

    public SnapshotPlaces.Served place() {
        return place;
    }

    /** Null if it is read from a disk. */
    public Recalling recalling() {
        return recalling;
    }

    /** None if it is read from a disk. */
    List<Snapshots.Lying> lying() {
        return lying;
    }

    /** @throws BackupException {@link Obstacle#MISSING} if nothing at all can be had without a cartridge that is away */
    public void requireAny() throws BackupException {
        if (recalling != null && recalling.isAllAway()) {
            requireAll();
        }
    }

    /** @throws BackupException {@link Obstacle#MISSING} if anything lies on one that is away; names what would do in each place */
    void requireAll() throws BackupException {
        BackupException waits = missing();
        if (waits != null) {
            throw waits;
        }
    }

    /** Files that lie on cartridges that are away, in part or wholly. */
    public int late() {
        return recalling == null ? 0 : recalling.late();
    }

    /** What would bring those; null if there are none. */
    public BackupException missing() {
        return late() == 0 ? null : BackupException.media(Obstacle.MISSING, missing.stream().map(one -> one.failure().subject()).collect(Collectors.joining(", ")),
                    missing.stream().map(BackupException::getMessage).collect(Collectors.joining("; or ")), null);
    }

    /** Whether it is read where it is because its own pool does not answer. */
    boolean standsIn(SnapshotPlaces places, List<SnapshotPlaces.Served> served, Pool own) {
        return places.asked() == null && served.stream().noneMatch(one -> one.pool().name().equals(own.name()));
    }

    /** Says in the job's log where it is read, if that is not the snapshot's own pool, and what lies on which cartridge. */
    public void tell(JobRecord record, SnapshotPlaces places, List<SnapshotPlaces.Served> served, Pool own) throws BackupException {
        if (!place.pool().name().equals(own.name())) {
            boolean isServed = !standsIn(places, served, own);
            record.line(isServed ? JobLine.Level.INFO : JobLine.Level.WARN, (isServed ? "" : "pool " + own.name() + " is not served: ") + "snapshot "
                    + places.snapshot().id() + " is read from " + places.shown(place.pool()));
        }
        lying.forEach(where -> record.line(where.there() ? JobLine.Level.INFO : JobLine.Level.WARN, (where.volume() == null ? "packs" : "cartridge " + (where.barcode() == null
                ? where.volume() : where.barcode().value())) + ", " + where.place() + ": " + where.files() + " files, " + where.bytes() + " bytes"));
    }

    @Override
    public void close() {
        if (recalling != null) {
            recalling.close();
        }
    }
}
