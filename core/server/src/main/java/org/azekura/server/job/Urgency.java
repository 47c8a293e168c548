package org.azekura.server.job;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;

/** Which priority a job has among those that wait for their turn: that of the policy, or of the plan of drills, in whose run it was begun. */
final class Urgency {

    private Urgency() {}

    static int of(CatalogView view, Job job) throws BackupException {
        return timing(view, job).map(Timing::priority).orElse(Timing.USUAL_PRIORITY);
    }

    private static Optional<Timing> timing(CatalogView view, Job job) throws BackupException {
        if (job.policy() != null) {
            return view.policy(job.policy()).map(Policy::timing);
        }
        Optional<PolicyName> plan = job.kind() == Job.Kind.DRILL ? plan(view, job.id()) : Optional.empty();
        return plan.isEmpty() ? Optional.empty() : view.drillPlan(plan.get()).map(DrillPlan::timing);
    }

    /** In whose run a drill was begun; empty if a person ordered it. */
    static Optional<PolicyName> plan(CatalogView view, JobId drill) throws BackupException {
        return view.openDrillRuns().stream().filter(run -> run.parts().stream().anyMatch(part -> drill.equals(part.job()))).map(PolicyRun::policy).findFirst();
    }
}
