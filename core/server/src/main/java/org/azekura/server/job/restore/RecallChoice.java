package org.azekura.server.job.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.Snapshots;
import org.azekura.api.server.Thaw;
import org.azekura.engine.plan.RecallPlan;
import org.azekura.engine.tree.TreeReader;
import org.azekura.server.job.place.ArchiveWait;
import org.azekura.server.job.place.Nearest;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.place.Thawing;
import org.azekura.server.job.place.Wanted;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Stage;

/** From which of its places a snapshot is restored, the nearest, and where on cartridges it lies there. One thread; must be closed. */
public final class RecallChoice implements AutoCloseable {

    private final SnapshotPlaces.Served place;
    /** Null if it lies on no cartridges. */
    private final Recalling recalling;
    private final Nearest<Recalling> nearest;
    private final List<Snapshots.Lying> lying;
    /** What each place waits for. */
    private final List<BackupException> missing;

    private RecallChoice(Nearest<Recalling> nearest, List<Snapshots.Lying> lying, List<BackupException> missing) {
        this.nearest = nearest;
        this.place = nearest.place();
        this.recalling = nearest.plan();
        this.lying = lying;
        this.missing = missing;
    }

    /** Walks all that is wanted for each place on cartridges, or with an archive, that may be the nearest. @param how soon what lies in an archive is wanted; null: as the pool is set */
    public static RecallChoice of(SnapshotPlaces places, List<SnapshotPlaces.Served> served, TreeReader trees, List<RawPath> wanted, TrustGroup group, Thaw how) throws BackupException {
        List<BackupException> missing = new ArrayList<>();
        Wanted size = served.size() == 1 ? Wanted.all(places.snapshot()) : Wanted.of(trees, places.snapshot(), wanted);
        Nearest<Recalling> nearest = Nearest.of(served, size, new Nearest.Planner<>() {
            @Override
            public Recalling plan(SnapshotPlaces.Served tape) throws BackupException {
                Recalling plan = Recalling.plan(tape.cartridges(), trees, wanted, group, places.snapshot().root());
                if (plan.late() > 0) {
                    missing.add(plan.missing());
                }
                return plan;
            }

            @Override
            public Map<Integer, RecallPlan.Need> needs(Recalling plan) {
                return plan.needs();
            }

            @Override
            public Thawing thawing(SnapshotPlaces.Served archive) throws BackupException {
                return archive.thawing(places, trees, wanted, group, how);
            }

            @Override
            public void drop(Recalling plan) {
                plan.close();
            }
        });
        return new RecallChoice(nearest, nearest.plan() == null ? List.of() : nearest.place().lying(nearest.plan().needs(), size, null, nearest.why()), missing);
    }

    public SnapshotPlaces.Served place() {
        return place;
    }

    /** Null if it is read from a disk. */
    public Recalling recalling() {
        return recalling;
    }

    /** None if it lies on no cartridges. */
    List<Snapshots.Lying> lying() {
        return lying;
    }

    /** The same, also if it lies on no cartridges. */
    List<Snapshots.Lying> lying(Wanted wanted) {
        return recalling == null ? place.lying(null, wanted, nearest.thawing(), nearest.why()) : lying;
    }

    /** What of it lies in an archive; null if nothing does. */
    public Thawing thawing() {
        return nearest.thawing() == null || !nearest.thawing().cold().isAny() ? null : nearest.thawing();
    }

    /**
     * Has what lies in an archive brought.
     *
     * @throws BackupException {@link Obstacle#ARCHIVED} as long as it is not there
     */
    public void requireThawed(Stage stage, JobRecord record) throws BackupException {
        if (nearest.thawing() != null) {
            new ArchiveWait(stage, record, place.pool(), place.node()).require(nearest.thawing(), nearest.near().reading());
        }
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
        if (!nearest.others().isEmpty() || nearest.near().cost() > 0) {
            record.line(JobLine.Level.INFO, "what that takes: " + nearest.why());
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
