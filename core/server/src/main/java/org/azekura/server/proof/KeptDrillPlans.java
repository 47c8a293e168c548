package org.azekura.server.proof;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.server.DrillPlans;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Schedules;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.protection.KeptSaveSets;
import org.azekura.server.schedule.CourseBook;
import org.azekura.server.schedule.Scheduler;

/** The plans of drills in the catalog. */
final class KeptDrillPlans implements DrillPlans {

    private final CatalogStore catalog;
    private final CourseBook<DrillCourse> book;

    KeptDrillPlans(CatalogStore catalog, Scheduler scheduler, InstantSource wall) {
        this.catalog = catalog;
        this.book = new CourseBook<>(catalog, scheduler, wall, new Shelf());
    }

    private static final class Shelf implements CourseBook.Shelf<DrillCourse> {

        @Override
        public List<DrillCourse> all(CatalogView view) throws BackupException {
            return view.drillPlans().stream().map(DrillCourse::new).toList();
        }

        @Override
        public Optional<DrillCourse> find(CatalogView view, PolicyName name) throws BackupException {
            return view.drillPlan(name).map(DrillCourse::new);
        }

        @Override
        public void put(CatalogEdit edit, DrillCourse course) throws BackupException {
            edit.putDrillPlan(course.plan());
        }

        @Override
        public void delete(CatalogEdit edit, PolicyName name) throws BackupException {
            edit.deleteDrillPlan(name);
        }

        @Override
        public String code() {
            return "plan";
        }

        @Override
        public String kind() {
            return DrillCourse.KIND;
        }

        @Override
        public String needs() {
            return "NAME --save-set S";
        }
    }

    @Override
    public List<DrillPlan> list() throws BackupException {
        return book.list().stream().map(DrillCourse::plan).toList();
    }

    @Override
    public DrillPlan get(PolicyName name) throws BackupException {
        return book.get(name).plan();
    }

    @Override
    public DrillPlan create(Wanted wanted) throws BackupException {
        return book.create(wanted.name(), wanted.timing(), view -> course(view, wanted)).plan();
    }

    @Override
    public DrillPlan change(Wanted wanted) throws BackupException {
        return book.change(wanted.name(), wanted.timing(), view -> course(view, wanted)).plan();
    }

    private DrillCourse course(CatalogView view, Wanted wanted) throws BackupException {
        DrillPlan plan = plan(wanted, KeptSaveSets.ids(view, wanted.saveSets()));
        if (new HashSet<>(plan.copies()).size() < plan.copies().size()) {
            throw book.invalid(plan.name(), "it names a pool twice");
        }
        for (PoolName pool : plan.copies()) {
            MediaSets.requireNamed(view, pool);
        }
        if (plan.client() != null && view.client(plan.client()).isEmpty()) {
            throw BackupException.operator("client.unknown", plan.client().value(), "there is no client " + plan.client() + "; \"azekura client list\" names them all");
        }
        return new DrillCourse(plan);
    }

    private DrillPlan plan(Wanted wanted, List<SaveSetId> sets) throws BackupException {
        try {
            return new DrillPlan(wanted.name(), sets, wanted.copies(), wanted.perMillion(), wanted.files(), wanted.client(), wanted.timing());
        } catch (IllegalArgumentException e) {
            throw book.invalid(wanted.name(), e.getMessage());
        }
    }

    @Override
    public void delete(PolicyName name) throws BackupException {
        book.delete(name);
    }

    @Override
    public List<Policies.Begun> run(PolicyName name) throws BackupException {
        return book.run(name);
    }

    @Override
    public List<PolicyRun> runs(PolicyName name, int limit) throws BackupException {
        return catalog.read(view -> view.drillRuns(name, Math.clamp(limit, 1, Schedules.MOST)));
    }
}
