package org.azekura.server.schedule;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.PolicyRun.Outcome;

/** What {@code status} says of what runs by a schedule, and whose last run that has ended failed, or was not begun. */
public final class RunWarnings {

    private static final int LAST = 5;

    private RunWarnings() {}

    /** A line for each. */
    public static List<String> of(CatalogView view, List<Course> courses) throws BackupException {
        List<String> warnings = new ArrayList<>();
        for (Course course : courses) {
            course.runs(view, LAST).stream().filter(run -> run.ended() != null).findFirst().ifPresent(run -> {
                if (run.outcome() == Outcome.FAILED || run.outcome() == Outcome.SKIPPED && course.timing().enabled()) {
                    warnings.add(line(course, run));
                }
            });
        }
        return warnings;
    }

    private static String line(Course course, PolicyRun run) {
        return course.kind() + " " + run.policy() + (run.outcome() == Outcome.FAILED ? " failed at " : " did not run at ") + run.due() + (run.why() == null ? "" : ": " + run.why())
                + "; \"azekura " + course.kind() + " show " + run.policy() + "\" shows its runs";
    }
}
