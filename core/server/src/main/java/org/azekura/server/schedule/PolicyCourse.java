package org.azekura.server.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PolicyName;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.server.JobOrder;

/** A policy, which backs up. */
public record PolicyCourse(Policy policy) implements Course {

    public static final String KIND = "policy";

    /** By name. */
    public static List<Course> all(CatalogView view) throws BackupException {
        return view.policies().stream().map(policy -> (Course) new PolicyCourse(policy)).toList();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public PolicyName name() {
        return policy.name();
    }

    @Override
    public Timing timing() {
        return policy.timing();
    }

    @Override
    public List<SaveSetId> saveSets() {
        return policy.saveSets();
    }

    @Override
    public boolean isIn(CatalogView view) throws BackupException {
        return view.policy(name()).equals(Optional.of(policy));
    }

    @Override
    public Optional<Instant> scheduled(CatalogView view) throws BackupException {
        return view.scheduled(name());
    }

    @Override
    public void putScheduled(CatalogEdit edit, Instant until) throws BackupException {
        edit.putScheduled(name(), until);
    }

    @Override
    public List<PolicyRun> open(CatalogView view) throws BackupException {
        return view.openPolicyRuns(name());
    }

    @Override
    public List<PolicyRun> runs(CatalogView view, int limit) throws BackupException {
        return view.policyRuns(name(), limit);
    }

    @Override
    public List<PolicyRun> bareRuns(CatalogView view, int limit) throws BackupException {
        return view.barePolicyRuns(name(), limit);
    }

    @Override
    public void put(CatalogEdit edit, PolicyRun run) throws BackupException {
        edit.putPolicyRun(run);
    }

    @Override
    public void forget(CatalogEdit edit, int but) throws BackupException {
        edit.deletePolicyRuns(name(), but);
    }

    @Override
    public CatalogStore.Change<Job> prepare(CatalogStore catalog, Scheduler.Queue queue, SaveSetId set, boolean there) throws BackupException {
        JobOrder order = new JobOrder.Backup(set.client(), policy.pool(), new SaveSet(set.name(), List.of(), List.of(), false), null, false).copied(policy.copyTo());
        return queue.prepare(order, name(), there);
    }
}
