package org.azekura.rest.protection;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Policy;
import org.azekura.api.server.Schedules;
import org.azekura.rest.call.Json;

/**
 * A policy, when it runs, and how it ran.
 *
 * @param next when it begins next, five times at most; none while it is switched off
 * @param last its runs, newest first
 */
record PolicyRow(String name, List<SaveSetRow> saveSets, String pool, List<String> copyTo, @JsonUnwrapped TimingView timing, String keep, List<String> next, List<RunRow> last) {

    private static final int NEXT = 5;

    /** @param runs how many of its runs are told */
    static PolicyRow of(Policy policy, Schedules schedules, int runs) throws BackupException {
        return new PolicyRow(policy.name().value(), policy.saveSets().stream().map(SaveSetRow::of).toList(), policy.pool().value(),
                policy.copyTo().stream().map(PoolName::value).toList(), TimingView.of(policy.timing()), policy.keep().text(),
                schedules.preview(policy.timing(), NEXT).stream().map(Json::time).toList(), schedules.runs(policy.name(), runs).stream().map(RunRow::of).toList());
    }
}
