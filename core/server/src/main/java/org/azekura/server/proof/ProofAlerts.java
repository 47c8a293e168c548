package org.azekura.server.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Proof;
import org.azekura.api.server.Proofs.Standing;
import org.azekura.api.server.Schedules;

/** Save sets whose last drill failed, or that a plan has not proven for twice as long as its schedule has it. */
public final class ProofAlerts {

    private static final int LATE = 2;
    private static final int KEPT = 100;

    private ProofAlerts() {}

    /**
     * @param schedules knows the rhythm of plans
     * @param now       retention time
     */
    public static List<Alert> of(CatalogView view, Schedules schedules, Instant now) throws BackupException {
        List<Standing> standings = Standings.of(view);
        List<Alert> alerts = new ArrayList<>();
        for (Standing one : standings) {
            if (one.last() != null && one.last().outcome() == Proof.Outcome.FAILED) {
                alerts.add(Alert.of("proof.failed", Severity.ERROR, Subject.of("save set", one.saveSet() + " in pool " + one.pool()),
                        values(one.saveSet(), Map.of("pool", one.pool().value(), "job", one.last().job().toString(), "at", one.last().ended().toString())),
                        "the last drill of save set " + one.saveSet() + " from pool " + one.pool() + " failed at " + one.last().ended() + "; \"azekura drill show "
                                + one.last().job() + "\" says why"));
            }
        }
        for (DrillPlan plan : view.drillPlans()) {
            Duration rhythm = rhythm(schedules.preview(plan.timing(), 2));
            if (rhythm != null) {
                late(view, plan, standings, now.minus(rhythm.multipliedBy(LATE)), alerts);
            }
        }
        return alerts;
    }

    /** @return null for a plan that does not run by itself */
    private static Duration rhythm(List<Instant> next) {
        return next.size() < 2 ? null : Duration.between(next.getFirst(), next.getLast());
    }

    private static void late(CatalogView view, DrillPlan plan, List<Standing> standings, Instant limit, List<Alert> alerts) throws BackupException {
        for (SaveSetId set : plan.saveSets()) {
            Optional<Instant> proven = standings.stream().filter(one -> one.saveSet().equals(set) && one.proven() != null)
                    .filter(one -> plan.copies().isEmpty() || plan.copies().contains(one.pool())).map(one -> one.proven().ended()).max(Instant::compareTo);
            Optional<Instant> since = proven.isPresent() ? proven : view.drillRuns(plan.name(), KEPT).stream().map(PolicyRun::due).min(Instant::compareTo);
            if (since.filter(limit::isAfter).isPresent()) {
                alerts.add(Alert.of("proof.late", Severity.WARNING, Subject.of("save set", set + " by plan " + plan.name()),
                        values(set, Map.of("plan", plan.name().value(), "proven", proven.map(Instant::toString).orElse(""))), "save set " + set + (proven.isPresent() ? " was proven last at " + proven.get() : " was never proven") + ", which is longer ago than drill plan "
                                + plan.name() + " has it; \"azekura drill plan show " + plan.name() + "\" shows its runs"));
            }
        }
    }

    private static Map<String, String> values(SaveSetId set, Map<String, String> others) {
        Map<String, String> values = new HashMap<>(others);
        values.put("client", set.client().value());
        values.put("saveSet", set.name().value());
        return values;
    }
}
