package org.azekura.server.protection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Schedules;
import org.azekura.server.host.Edition;
import org.azekura.server.pool.MediaSets;
import org.azekura.server.schedule.CourseBook;
import org.azekura.server.schedule.PolicyCourse;
import org.azekura.server.schedule.Scheduler;

/** The policies in the catalog. */
public final class KeptPolicies implements Policies {

    private final Scheduler scheduler;
    private final CourseBook<PolicyCourse> book;

    public KeptPolicies(CatalogStore catalog, Scheduler scheduler, InstantSource wall) {
        this.scheduler = scheduler;
        this.book = new CourseBook<>(catalog, scheduler, wall, new Shelf());
    }

    private static final class Shelf implements CourseBook.Shelf<PolicyCourse> {

        @Override
        public List<PolicyCourse> all(CatalogView view) throws BackupException {
            return view.policies().stream().map(PolicyCourse::new).toList();
        }

        @Override
        public Optional<PolicyCourse> find(CatalogView view, PolicyName name) throws BackupException {
            return view.policy(name).map(PolicyCourse::new);
        }

        @Override
        public void put(CatalogEdit edit, PolicyCourse course) throws BackupException {
            edit.putPolicy(course.policy());
            Edition.next(edit);
        }

        @Override
        public void delete(CatalogEdit edit, PolicyName name) throws BackupException {
            edit.deletePolicy(name);
            Edition.next(edit);
        }

        @Override
        public String code() {
            return "policy";
        }

        @Override
        public String kind() {
            return PolicyCourse.KIND;
        }

        @Override
        public String needs() {
            return "NAME --save-set S --pool POOL";
        }
    }

    @Override
    public Schedules schedules() {
        return scheduler;
    }

    @Override
    public List<Policy> list() throws BackupException {
        return book.list().stream().map(PolicyCourse::policy).toList();
    }

    @Override
    public Policy get(PolicyName name) throws BackupException {
        return book.get(name).policy();
    }

    @Override
    public Policy create(Wanted wanted) throws BackupException {
        return book.create(wanted.name(), wanted.timing(), view -> course(view, wanted)).policy();
    }

    @Override
    public Policy change(Wanted wanted) throws BackupException {
        return book.change(wanted.name(), wanted.timing(), view -> course(view, wanted)).policy();
    }

    private PolicyCourse course(CatalogView view, Wanted wanted) throws BackupException {
        Policy policy = new Policy(wanted.name(), wanted.pool(), KeptSaveSets.ids(view, wanted.saveSets()), wanted.copyTo(), wanted.timing(), wanted.keep());
        if (policy.copyTo().contains(policy.pool())) {
            throw book.invalid(policy.name(), "pool " + policy.pool() + " is where it saves; a copy goes to another pool");
        }
        List<PoolName> pools = new ArrayList<>(List.of(policy.pool()));
        for (PoolName pool : policy.copyTo()) {
            if (pools.contains(pool)) {
                throw book.invalid(policy.name(), "it copies to pool " + pool + " twice");
            }
            pools.add(pool);
        }
        for (PoolName pool : pools) {
            MediaSets.requireNamed(view, pool);
        }
        return new PolicyCourse(policy);
    }

    @Override
    public void delete(PolicyName name) throws BackupException {
        book.delete(name);
    }

    @Override
    public List<Begun> run(PolicyName name) throws BackupException {
        return book.run(name);
    }
}
