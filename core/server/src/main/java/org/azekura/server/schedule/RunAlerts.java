package org.azekura.server.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.Alert;
import org.azekura.api.catalog.Alert.Severity;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.PolicyRun.Outcome;

/** What runs by a schedule, and whose last run that has ended failed, or was not begun. */
public final class RunAlerts {

    private static final int LAST = 5;

    private RunAlerts() {}

    public static List<Alert> of(CatalogView view, List<Course> courses) throws BackupException {
        List<Alert> alerts = new ArrayList<>();
        for (Course course : courses) {
            // Each has a row for every save set: these are read only of what failed.
            List<PolicyRun> bare = course.bareRuns(view, LAST);
            int ended = 0;
            while (ended < bare.size() && bare.get(ended).ended() == null) {
                ended++;
            }
            if (ended < bare.size() && isWrong(course, bare.get(ended))) {
                alerts.add(alert(course, course.runs(view, ended + 1).getLast()));
            }
        }
        return alerts;
    }

    private static boolean isWrong(Course course, PolicyRun run) {
        return run.outcome() == Outcome.FAILED || run.outcome() == Outcome.SKIPPED && course.timing().enabled();
    }

    private static Alert alert(Course course, PolicyRun run) {
        boolean failed = run.outcome() == Outcome.FAILED;
        String code = course.kind().replace(' ', '.');
        String noun = course.kind().substring(course.kind().lastIndexOf(' ') + 1);
        Map<String, String> values = new HashMap<>(Map.of(noun, run.policy().value(), "due", run.due().toString(), "why", run.why() == null ? "" : run.why()));
        run.parts().stream().filter(part -> part.outcome() == Outcome.FAILED && part.job() != null).findFirst().ifPresent(part -> values.put("job", part.job().toString()));
        String text = course.kind() + " " + run.policy() + (failed ? " failed at " : " did not run at ") + run.due() + (run.why() == null ? "" : ": " + run.why())
                + "; \"azekura " + course.kind() + " show " + run.policy() + "\" shows its runs";
        return Alert.of(code + (failed ? ".failed" : ".skipped"), failed ? Severity.ERROR : Severity.WARNING, Alert.Subject.of(course.kind(), run.policy()), values, text);
    }
}
