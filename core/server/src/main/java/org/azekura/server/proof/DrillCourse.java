package org.azekura.server.proof;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Proof;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.server.schedule.Course;
import org.azekura.server.schedule.Scheduler;

/** A plan of drills: of each save set one drill a run, of the copy whose turn it is. */
public record DrillCourse(DrillPlan plan) implements Course {

    static final String KIND = "drill plan";

    /** By name. */
    public static List<Course> all(CatalogView view) throws BackupException {
        return view.drillPlans().stream().map(plan -> (Course) new DrillCourse(plan)).toList();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public PolicyName name() {
        return plan.name();
    }

    @Override
    public Timing timing() {
        return plan.timing();
    }

    @Override
    public List<SaveSetId> saveSets() {
        return plan.saveSets();
    }

    @Override
    public boolean isIn(CatalogView view) throws BackupException {
        return view.drillPlan(name()).equals(Optional.of(plan));
    }

    @Override
    public Optional<Instant> scheduled(CatalogView view) throws BackupException {
        return view.drillsScheduled(name());
    }

    @Override
    public void putScheduled(CatalogEdit edit, Instant until) throws BackupException {
        edit.putDrillsScheduled(name(), until);
    }

    @Override
    public List<PolicyRun> open(CatalogView view) throws BackupException {
        return view.openDrillRuns(name());
    }

    @Override
    public List<PolicyRun> runs(CatalogView view, int limit) throws BackupException {
        return view.drillRuns(name(), limit);
    }

    @Override
    public List<PolicyRun> bareRuns(CatalogView view, int limit) throws BackupException {
        return view.bareDrillRuns(name(), limit);
    }

    @Override
    public void put(CatalogEdit edit, PolicyRun run) throws BackupException {
        edit.putDrillRun(run);
    }

    @Override
    public void forget(CatalogEdit edit, int but) throws BackupException {
        edit.deleteDrillRuns(name(), but);
    }

    @Override
    public CatalogStore.Change<Job> prepare(CatalogStore catalog, Scheduler.Queue queue, SaveSetId set, boolean there) throws BackupException {
        Turn turn = catalog.read(view -> turn(view, set));
        JobOrder.DrillSample sample = plan.whole() ? null : new JobOrder.DrillSample(plan.perMillion(), plan.files(), 0);
        return queue.prepare(new JobOrder.Drill(turn.snapshot.id(), plan.client(), null, turn.pool, sample, false), null, there);
    }

    /** What is rehearsed next. */
    record Turn(PoolName pool, Snapshot snapshot) {}

    /**
     * The copy that was not rehearsed for the longest time, by whoever it was, with the newest snapshot in it: so each has its turn, also one that was made later.
     *
     * @throws BackupException {@code drill.nothing} if there is none
     */
    Turn turn(CatalogView view, SaveSetId set) throws BackupException {
        Map<PoolName, Snapshot> there = Copies.of(view, set);
        List<PoolName> pools = there.keySet().stream().filter(pool -> plan.copies().isEmpty() || plan.copies().contains(pool)).toList();
        if (pools.isEmpty()) {
            throw BackupException.operator("drill.nothing", set.toString(), "there is no snapshot of save set " + set + " to rehearse"
                    + (there.isEmpty() ? "; back it up first" : " in the pools of plan " + name() + "; it is in " + String.join(", ", there.keySet().stream().map(PoolName::value).toList())));
        }
        Map<PoolName, Long> rehearsed = new HashMap<>();
        for (Proof last : view.lastProofs(null)) {
            if (last.saveSet().equals(set)) {
                rehearsed.put(last.pool(), last.job().value());
            }
        }
        PoolName pool = Copies.inTurn(pools, rehearsed).getFirst();
        return new Turn(pool, there.get(pool));
    }
}
