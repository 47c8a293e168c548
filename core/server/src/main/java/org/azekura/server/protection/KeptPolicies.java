package org.azekura.server.protection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.Policies;
import org.azekura.api.server.Schedules;
import org.azekura.server.host.Edition;
import org.azekura.server.schedule.PolicyCourse;
import org.azekura.server.schedule.Scheduler;

/** The policies in the catalog. */
public final class KeptPolicies implements Policies {

    private final CatalogStore catalog;
    private final Scheduler scheduler;
    private final InstantSource wall;

    public KeptPolicies(CatalogStore catalog, Scheduler scheduler, InstantSource wall) {
        this.catalog = catalog;
        this.scheduler = scheduler;
        this.wall = wall;
    }

    @Override
    public Schedules schedules() {
        return scheduler;
    }

    @Override
    public List<Policy> list() throws BackupException {
        return catalog.read(CatalogView::policies);
    }

    @Override
    public Policy get(PolicyName name) throws BackupException {
        return catalog.read(view -> known(view, name));
    }

    private static Policy known(CatalogView view, PolicyName name) throws BackupException {
        Policy policy = view.policy(name).orElse(null);
        if (policy == null) {
            throw BackupException.operator("policy.unknown", name.value(), "there is no policy " + name + "; " + (view.policies().isEmpty()
                    ? "none is kept yet: make one with \"azekura policy create NAME --save-set S --pool POOL\"" : "\"azekura policy list\" names them all"));
        }
        return policy;
    }

    @Override
    public Policy create(Wanted wanted) throws BackupException {
        PolicyName name = wanted.name();
        return put(wanted, edit -> {
            if (edit.policy(name).isPresent()) {
                throw BackupException.operator("policy.exists", name.value(), "there is a policy " + name + " already; choose another name or delete it first");
            }
            return null;
        });
    }

    @Override
    public Policy change(Wanted wanted) throws BackupException {
        return put(wanted, edit -> known(edit, wanted.name()));
    }

    /** @param before null if there is none yet */
    private Policy put(Wanted wanted, CatalogStore.Query<Policy> before) throws BackupException {
        scheduler.preview(wanted.timing(), 1);
        Policy made = catalog.write(edit -> {
            Policy was = before.run(edit);
            List<SaveSetId> sets = new ArrayList<>();
            for (String each : wanted.saveSets()) {
                sets.add(KeptSaveSets.find(edit, each).id());
            }
            Policy policy = new Policy(wanted.name(), wanted.pool(), sets, wanted.copyTo(), wanted.timing(), wanted.keep());
            check(edit, policy);
            edit.putPolicy(policy);
            if (was == null || !was.timing().sameTimes(policy.timing())) {
                edit.putScheduled(policy.name(), wall.instant());
            }
            Edition.next(edit);
            return policy;
        });
        scheduler.wake();
        return made;
    }

    private static void check(CatalogView view, Policy policy) throws BackupException {
        if (policy.saveSets().isEmpty()) {
            throw invalid(policy, "it names no save set");
        }
        Set<SaveSetId> sets = new HashSet<>();
        for (SaveSetId set : policy.saveSets()) {
            if (!sets.add(set)) {
                throw invalid(policy, "it names save set " + set + " twice");
            }
        }
        if (policy.copyTo().contains(policy.pool())) {
            throw invalid(policy, "pool " + policy.pool() + " is where it saves; a copy goes to another pool");
        }
        List<PoolName> pools = new ArrayList<>(List.of(policy.pool()));
        for (PoolName pool : policy.copyTo()) {
            if (pools.contains(pool)) {
                throw invalid(policy, "it copies to pool " + pool + " twice");
            }
            pools.add(pool);
        }
        for (PoolName pool : pools) {
            if (view.pool(pool).isEmpty() || view.replica(pool).isPresent() || view.mediaSet(pool).isPresent()) {
                throw BackupException.operator("pool.unknown", pool.value(), "there is no pool " + pool + "; \"azekura pool list\" names them all");
            }
        }
    }

    private static BackupException invalid(Policy policy, String why) {
        return BackupException.operator("policy.invalid", policy.name().value(), "policy " + policy.name() + " cannot be made: " + why);
    }

    @Override
    public void delete(PolicyName name) throws BackupException {
        catalog.write(edit -> {
            known(edit, name);
            edit.deletePolicy(name);
            Edition.next(edit);
            return null;
        });
    }

    @Override
    public List<Begun> run(PolicyName name) throws BackupException {
        return scheduler.run(new PolicyCourse(get(name)));
    }
}
