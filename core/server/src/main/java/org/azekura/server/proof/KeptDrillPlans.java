package org.azekura.server.proof;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.server.DrillPlans;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Schedules;
import org.azekura.server.protection.KeptSaveSets;
import org.azekura.server.schedule.Scheduler;

/** The plans of drills in the catalog. */
final class KeptDrillPlans implements DrillPlans {

    private final CatalogStore catalog;
    private final Scheduler scheduler;
    private final InstantSource wall;

    KeptDrillPlans(CatalogStore catalog, Scheduler scheduler, InstantSource wall) {
        this.catalog = catalog;
        this.scheduler = scheduler;
        this.wall = wall;
    }

    @Override
    public List<DrillPlan> list() throws BackupException {
        return catalog.read(CatalogView::drillPlans);
    }

    @Override
    public DrillPlan get(PolicyName name) throws BackupException {
        return catalog.read(view -> known(view, name));
    }

    private static DrillPlan known(CatalogView view, PolicyName name) throws BackupException {
        DrillPlan plan = view.drillPlan(name).orElse(null);
        if (plan == null) {
            throw BackupException.operator("plan.unknown", name.value(), "there is no drill plan " + name + "; " + (view.drillPlans().isEmpty()
                    ? "none is kept yet: make one with \"azekura drill plan create NAME --save-set S\"" : "\"azekura drill plan list\" names them all"));
        }
        return plan;
    }

    @Override
    public DrillPlan create(Wanted wanted) throws BackupException {
        PolicyName name = wanted.name();
        return put(wanted, edit -> {
            if (edit.drillPlan(name).isPresent()) {
                throw BackupException.operator("plan.exists", name.value(), "there is a drill plan " + name + " already; choose another name or delete it first");
            }
            return null;
        });
    }

    @Override
    public DrillPlan change(Wanted wanted) throws BackupException {
        return put(wanted, edit -> known(edit, wanted.name()));
    }

    /** @param before null if there is none yet */
    private DrillPlan put(Wanted wanted, CatalogStore.Query<DrillPlan> before) throws BackupException {
        scheduler.preview(wanted.timing(), 1);
        DrillPlan made = catalog.write(edit -> {
            DrillPlan was = before.run(edit);
            List<SaveSetId> sets = new ArrayList<>();
            for (String each : wanted.saveSets()) {
                sets.add(KeptSaveSets.find(edit, each).id());
            }
            DrillPlan plan = plan(wanted, sets);
            check(edit, plan);
            edit.putDrillPlan(plan);
            if (was == null || !was.timing().sameTimes(plan.timing())) {
                edit.putDrillsScheduled(plan.name(), wall.instant());
            }
            return plan;
        });
        scheduler.wake();
        return made;
    }

    private static DrillPlan plan(Wanted wanted, List<SaveSetId> sets) throws BackupException {
        try {
            return new DrillPlan(wanted.name(), sets, wanted.copies(), wanted.perMillion(), wanted.files(), wanted.client(), wanted.timing());
        } catch (IllegalArgumentException e) {
            throw invalid(wanted.name(), e.getMessage());
        }
    }

    private static void check(CatalogView view, DrillPlan plan) throws BackupException {
        if (plan.saveSets().isEmpty()) {
            throw invalid(plan.name(), "it names no save set");
        }
        if (new HashSet<>(plan.saveSets()).size() < plan.saveSets().size()) {
            throw invalid(plan.name(), "it names a save set twice");
        }
        if (new HashSet<>(plan.copies()).size() < plan.copies().size()) {
            throw invalid(plan.name(), "it names a pool twice");
        }
        for (PoolName pool : plan.copies()) {
            ProofDesk.requirePool(view, pool);
        }
        if (plan.client() != null && view.client(plan.client()).isEmpty()) {
            throw BackupException.operator("client.unknown", plan.client().value(), "there is no client " + plan.client() + "; \"azekura client list\" names them all");
        }
    }

    private static BackupException invalid(PolicyName name, String why) {
        return BackupException.operator("plan.invalid", name.value(), "drill plan " + name + " cannot be made: " + why);
    }

    @Override
    public void delete(PolicyName name) throws BackupException {
        catalog.write(edit -> {
            known(edit, name);
            edit.deleteDrillPlan(name);
            return null;
        });
    }

    @Override
    public List<Policies.Begun> run(PolicyName name) throws BackupException {
        return scheduler.run(new DrillCourse(get(name)));
    }

    @Override
    public List<PolicyRun> runs(PolicyName name, int limit) throws BackupException {
        return catalog.read(view -> view.drillRuns(name, Math.clamp(limit, 1, Schedules.MOST)));
    }
}
