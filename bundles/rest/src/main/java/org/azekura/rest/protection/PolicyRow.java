package org.azekura.rest.protection;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetId;
import org.azekura.api.Timing;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.server.Schedules;
import org.azekura.rest.call.Json;

/**
 * A policy, when it runs, and how it ran.
 *
 * @param schedule   empty if it is run by hand
 * @param zone       of its times; empty: that of the server
 * @param spread     seconds
 * @param retryAfter seconds
 * @param next       when it begins next, five times at most; none while it is switched off
 * @param last       its runs, newest first
 */
record PolicyRow(String name, List<SaveSetRow> saveSets, String pool, List<String> copyTo, String schedule, String zone, List<String> blackouts, boolean leaveOut,
        boolean catchUp, int priority, int atOnce, long spread, int retries, long retryAfter, boolean enabled, String keep, List<String> next, List<RunRow> last) {

    private static final int NEXT = 5;

    /** @param runs how many of its runs are told */
    static PolicyRow of(Policy policy, Schedules schedules, int runs) throws BackupException {
        Timing t = policy.timing();
        return new PolicyRow(policy.name().value(), policy.saveSets().stream().map(SaveSetRow::of).toList(), policy.pool().value(),
                policy.copyTo().stream().map(PoolName::value).toList(), t.schedule(), t.zone(), t.blackouts(), t.leaveOut(), t.catchUp(), t.priority(), t.atOnce(),
                t.spread().toSeconds(), t.retries(), t.retryAfter().toSeconds(), t.enabled(), policy.keep().text(), schedules.preview(t, NEXT).stream().map(Json::time).toList(),
                schedules.runs(policy.name(), runs).stream().map(RunRow::of).toList());
    }

    record SaveSetRow(String client, String name) {

        static SaveSetRow of(SaveSetId id) {
            return new SaveSetRow(id.client().value(), id.name().value());
        }
    }

    /**
     * @param ended null while it goes on
     * @param state running, done, warned, failed, cancelled or skipped
     * @param why   null if nothing is to be said
     */
    record RunRow(long number, boolean byHand, String due, String ended, String state, String why, List<PartRow> parts) {

        static RunRow of(PolicyRun run) {
            return new RunRow(run.number(), run.byHand(), Json.time(run.due()), Json.time(run.ended()), run.outcome().word(), run.why(),
                    run.parts().stream().map(PartRow::of).toList());
        }
    }

    /**
     * @param job      the last one that was begun, null if none was
     * @param attempts how many were begun, or could not be
     */
    record PartRow(String client, String saveSet, Long job, int attempts, String state, String why) {

        static PartRow of(PolicyRun.Part part) {
            return new PartRow(part.saveSet().client().value(), part.saveSet().name().value(), part.job() == null ? null : part.job().value(), part.attempts(),
                    part.outcome().word(), part.why());
        }
    }
}
