package org.azekura.server.protection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.Jobs;
import org.azekura.api.server.Policies;
import org.azekura.server.host.Edition;

/** The policies in the catalog. They are run by hand. */
public final class KeptPolicies implements Policies {

    private final CatalogStore catalog;
    private final Jobs jobs;

    public KeptPolicies(CatalogStore catalog, Jobs jobs) {
        this.catalog = catalog;
        this.jobs = jobs;
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
        return catalog.write(edit -> {
            if (edit.policy(name).isPresent()) {
                throw BackupException.operator("policy.exists", name.value(), "there is a policy " + name + " already; choose another name or delete it first");
            }
            List<SaveSetId> sets = new ArrayList<>();
            for (String each : wanted.saveSets()) {
                sets.add(KeptSaveSets.find(edit, each).id());
            }
            Policy policy = new Policy(name, wanted.pool(), sets, wanted.copyTo(), wanted.timing(), wanted.keep());
            check(edit, policy);
            edit.putPolicy(policy);
            Edition.next(edit);
            return policy;
        });
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
        Policy policy = get(name);
        List<Begun> begun = new ArrayList<>();
        for (SaveSetId set : policy.saveSets()) {
            try {
                JobOrder order = new JobOrder.Backup(set.client(), policy.pool(), new SaveSet(set.name(), List.of(), List.of(), false), null, false)
                        .copied(policy.copyTo());
                begun.add(new Begun(set, jobs.submit(order), null));
            } catch (BackupException e) {
                begun.add(new Begun(set, null, e.failure()));
            }
        }
        return begun;
    }
}
