package org.azekura.rest.protection;

import java.util.List;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.rest.call.Json;

/**
 * How a run went.
 *
 * @param ended null while it goes on
 * @param state running, done, warned, failed, cancelled or skipped
 * @param why   null if nothing is to be said
 */
public record RunRow(long number, boolean byHand, String due, String ended, String state, String why, List<PartRow> parts) {

    public static RunRow of(PolicyRun run) {
        return new RunRow(run.number(), run.byHand(), Json.time(run.due()), Json.time(run.ended()), run.outcome().word(), run.why(),
                run.parts().stream().map(PartRow::of).toList());
    }

    /**
     * @param job      the last one that was begun, null if none was
     * @param attempts how many were begun, or could not be
     */
    public record PartRow(String client, String saveSet, Long job, int attempts, String state, String why) {

        static PartRow of(PolicyRun.Part part) {
            return new PartRow(part.saveSet().client().value(), part.saveSet().name().value(), part.job() == null ? null : part.job().value(), part.attempts(),
                    part.outcome().word(), part.why());
        }
    }
}
