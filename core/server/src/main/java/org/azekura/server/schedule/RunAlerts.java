package org.azekura.server.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.PolicyRun.Outcome;

/** Policies whose last run that has ended failed, or was not begun. */
public final class RunAlerts {

    private static final int LAST = 5;

    private RunAlerts() {}

    public static List<Alert> of(CatalogView view) throws BackupException {
        List<Alert> alerts = new ArrayList<>();
        for (Policy policy : view.policies()) {
            view.policyRuns(policy.name(), LAST).stream().filter(run -> run.ended() != null).findFirst().ifPresent(run -> {
                if (run.outcome() == Outcome.FAILED || run.outcome() == Outcome.SKIPPED && policy.timing().enabled()) {
                    alerts.add(alert(run));
                }
            });
        }
        return alerts;
    }

    private static Alert alert(PolicyRun run) {
        boolean failed = run.outcome() == Outcome.FAILED;
        Map<String, String> values = new HashMap<>(Map.of("policy", run.policy().value(), "due", run.due().toString(), "why", run.why() == null ? "" : run.why()));
        run.parts().stream().filter(part -> part.outcome() == Outcome.FAILED && part.job() != null).findFirst().ifPresent(part -> values.put("job", part.job().toString()));
        String text = "policy " + run.policy() + (failed ? " failed at " : " did not run at ") + run.due() + (run.why() == null ? "" : ": " + run.why())
                + "; \"azekura policy show " + run.policy() + "\" shows its runs";
        return Alert.of(failed ? "policy.failed" : "policy.skipped", failed ? Severity.ERROR : Severity.WARNING, Alert.Subject.of("policy", run.policy()), values, text);
    }
}
