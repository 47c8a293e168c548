package org.azekura.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.server.Schedules;

/** All schedules but {@code never} are due every day from {@link FakeServer#WHEN} on; each policy ran once. */
record FakeSchedules(Map<PolicyName, Policy> policies) implements Schedules {

    @Override
    public List<Instant> preview(Timing timing, int count) throws BackupException {
        if (timing.schedule().equals("never")) {
            throw BackupException.operator("schedule.invalid", "never", "\"never\" is no schedule");
        }
        return timing.byHand() || !timing.enabled() ? List.of() : Stream.iterate(FakeServer.WHEN, at -> at.plus(Duration.ofDays(1))).limit(count).toList();
    }

    @Override
    public List<Next> next(int limit) throws BackupException {
        return policies.values().stream().filter(policy -> !policy.timing().byHand()).map(policy -> new Next(policy.name(), FakeServer.WHEN)).limit(limit).toList();
    }

    @Override
    public List<PolicyRun> runs(PolicyName policy, int limit) {
        SaveSetId docs = new SaveSetId(new ClientName("host"), new SaveSetName("docs"));
        return List.of(new PolicyRun(policy, 3, false, FakeServer.WHEN, FakeServer.WHEN.plusSeconds(5), PolicyRun.Outcome.FAILED, "host/docs: it is away",
                List.of(new PolicyRun.Part(docs, new JobId(7), 3, PolicyRun.Outcome.FAILED, FakeServer.WHEN, "it is away"))));
    }

    @Override
    public String zone() {
        return "Asia/Tokyo";
    }
}
