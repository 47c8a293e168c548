package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.Timing;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.catalog.sqlite.CatalogDoor;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy and a plan of drills of the same name, each with a priority of its own. */
class UrgencyTest {

    private static final PolicyName NIGHTLY = new PolicyName("nightly");
    private static final SaveSetId ETC = new SaveSetId(new ClientName("web"), new SaveSetName("etc"));

    private static Job job(long id, Job.Kind kind) {
        return new Job(new JobId(id), kind, Job.State.QUEUED, ETC.client(), null, Instant.EPOCH, null, 0, 0, null, null, 0, new byte[] {1}, null);
    }

    private static Timing timing(int priority) {
        return new Timing("daily 22:00", "", List.of(), false, true, priority, 1, Duration.ZERO, 0, Duration.ZERO, true);
    }

    @Test
    void aJobHasThePriorityOfThePolicyOrThePlanInWhoseRunItIs(@TempDir Path home) throws Exception {
        try (CatalogDoor door = new CatalogDoor(home)) {
            door.change(edit -> {
                edit.putPool(Rows.pool("main"));
                edit.putClient(Rows.client("web"));
                edit.putSaveSet(new KeptSaveSet(ETC.client(), null, new SaveSet(ETC.name(), List.of(RawPath.of("/srv")), List.of(), false), Hooks.NONE));
                edit.putPolicy(new Policy(NIGHTLY, Rows.pool("main").name(), List.of(ETC), List.of(), timing(70), Keep.ALL));
                edit.putDrillPlan(new DrillPlan(NIGHTLY, List.of(ETC), List.of(), DrillPlan.WHOLE, 0, null, timing(90)));
                edit.putDrillRun(new PolicyRun(NIGHTLY, 1, false, Instant.EPOCH, null, PolicyRun.Outcome.RUNNING, null,
                        List.of(PolicyRun.Part.waiting(ETC).begun(new JobId(3)))));
            });
            List<Job> jobs = List.of(job(1, Job.Kind.BACKUP).of(NIGHTLY), job(2, Job.Kind.BACKUP), job(3, Job.Kind.DRILL), job(4, Job.Kind.DRILL));
            List<Integer> found = door.catalog().read(view -> {
                List<Integer> each = new ArrayList<>();
                for (Job job : jobs) {
                    each.add(Urgency.of(view, job));
                }
                return each;
            });
            assertEquals(List.of(70, Timing.USUAL_PRIORITY, 90, Timing.USUAL_PRIORITY), found);
        }
    }
}
