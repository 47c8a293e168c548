package org.azekura.server.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.SaveSetId;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.Alert.Subject;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Proof;
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
        List<Alert> alerts = new ArrayList<>();
        for (Proof last : view.lastProofs(null)) {
            if (last.outcome() == Proof.Outcome.FAILED && view.isIn(last.saveSet(), last.pool())) {
                alerts.add(Alert.of("proof.failed", Severity.ERROR, Subject.of("save set", last.saveSet() + " in pool " + last.pool()),
                        values(last.saveSet(), Map.of("pool", last.pool().value(), "job", last.job().toString(), "at", last.ended().toString())),
                        "the last drill of save set " + last.saveSet() + " from pool " + last.pool() + " failed at " + last.ended() + "; \"azekura drill show "
                                + last.job() + "\" says why"));
            }
        }
        Map<SaveSetId, List<Proof>> proven = view.lastProofs(Proof.Outcome.PROVEN).stream().collect(Collectors.groupingBy(Proof::saveSet));
        for (DrillPlan plan : view.drillPlans()) {
            Duration rhythm = rhythm(schedules.preview(plan.timing(), 2));
            if (rhythm != null) {
                late(view, plan, proven, now.minus(rhythm.multipliedBy(LATE)), alerts);
            }
        }
        return alerts;
    }

    /** @return null for a plan that does not run by itself */
    private static Duration rhythm(List<Instant> next) {
        return next.size() < 2 ? null : Duration.between(next.getFirst(), next.getLast());
    }

    private static void late(CatalogView view, DrillPlan plan, Map<SaveSetId, List<Proof>> all, Instant limit, List<Alert> alerts) throws BackupException {
        Optional<Instant> first = view.bareDrillRuns(plan.name(), KEPT).stream().map(PolicyRun::due).min(Instant::compareTo);
        for (SaveSetId set : plan.saveSets()) {
            Optional<Instant> proven = newest(view, plan, all.getOrDefault(set, List.of()));
            Optional<Instant> since = proven.isPresent() ? proven : first;
            if (since.filter(limit::isAfter).isPresent()) {
                alerts.add(Alert.of("proof.late", Severity.WARNING, Subject.of("save set", set + " by plan " + plan.name()),
                        values(set, Map.of("plan", plan.name().value(), "proven", proven.map(Instant::toString).orElse(""))), "save set " + set + (proven.isPresent() ? " was proven last at " + proven.get() : " was never proven") + ", which is longer ago than drill plan "
                                + plan.name() + " has it; \"azekura drill plan show " + plan.name() + "\" shows its runs"));
            }
        }
    }

    /** When a copy that is there and of the plan was proven last. */
    private static Optional<Instant> newest(CatalogView view, DrillPlan plan, List<Proof> proofs) throws BackupException {
        for (Proof proof : proofs.stream().sorted(Comparator.comparing(Proof::ended).reversed()).toList()) {
            if ((plan.copies().isEmpty() || plan.copies().contains(proof.pool())) && view.isIn(proof.saveSet(), proof.pool())) {
                return Optional.of(proof.ended());
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> values(SaveSetId set, Map<String, String> others) {
        Map<String, String> values = new HashMap<>(others);
        values.put("client", set.client().value());
        values.put("saveSet", set.name().value());
        return values;
    }
}
