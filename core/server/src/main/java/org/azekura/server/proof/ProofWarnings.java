package org.azekura.server.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Proofs.Standing;
import org.azekura.api.server.Schedules;

/** What {@code status} says of save sets whose last drill failed, or that a plan has not proven for twice as long as its schedule has it. */
public final class ProofWarnings {

    private static final int LATE = 2;
    private static final int KEPT = 100;

    private ProofWarnings() {}

    /**
     * A line for each.
     *
     * @param schedules knows the rhythm of plans
     * @param now       retention time
     */
    public static List<String> of(CatalogView view, Schedules schedules, Instant now) throws BackupException {
        List<Standing> standings = Standings.of(view);
        List<String> warnings = new ArrayList<>();
        for (Standing one : standings) {
            if (one.last() != null && one.last().outcome() == Proof.Outcome.FAILED) {
                warnings.add("the last drill of save set " + one.saveSet() + " from pool " + one.pool() + " failed at " + one.last().ended() + "; \"azekura drill show "
                        + one.last().job() + "\" says why");
            }
        }
        for (DrillPlan plan : view.drillPlans()) {
            Duration rhythm = rhythm(schedules.preview(plan.timing(), 2));
            if (rhythm != null) {
                late(view, plan, standings, now.minus(rhythm.multipliedBy(LATE)), warnings);
            }
        }
        return warnings;
    }

    /** @return null for a plan that does not run by itself */
    private static Duration rhythm(List<Instant> next) {
        return next.size() < 2 ? null : Duration.between(next.getFirst(), next.getLast());
    }

    private static void late(CatalogView view, DrillPlan plan, List<Standing> standings, Instant limit, List<String> warnings) throws BackupException {
        for (SaveSetId set : plan.saveSets()) {
            Optional<Instant> proven = standings.stream().filter(one -> one.saveSet().equals(set) && one.proven() != null)
                    .filter(one -> plan.copies().isEmpty() || plan.copies().contains(one.pool())).map(one -> one.proven().ended()).max(Instant::compareTo);
            Optional<Instant> since = proven.isPresent() ? proven : view.drillRuns(plan.name(), KEPT).stream().map(PolicyRun::due).min(Instant::compareTo);
            if (since.filter(limit::isAfter).isPresent()) {
                warnings.add("save set " + set + (proven.isPresent() ? " was proven last at " + proven.get() : " was never proven") + ", which is longer ago than drill plan "
                        + plan.name() + " has it; \"azekura drill plan show " + plan.name() + "\" shows its runs");
            }
        }
    }
}
