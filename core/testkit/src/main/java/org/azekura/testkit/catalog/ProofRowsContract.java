package org.azekura.testkit.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetId;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.Timing;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Coverage;
import org.azekura.api.catalog.DrillPlan;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.catalog.Pack;
import org.azekura.api.catalog.Policy;
import org.azekura.api.catalog.PolicyRun;
import org.azekura.api.catalog.Proof.Outcome;
import org.azekura.api.catalog.Proof;
import org.junit.jupiter.api.Test;

/** {@link CatalogListsContract}, and what drills proved, when they are due, and how much was read back. */
public interface ProofRowsContract extends CatalogListsContract {

    private static Proof proof(long job, String saveSet, String pool, Outcome outcome, String... told) {
        return new Proof(new JobId(job), new SnapshotId(job, 2), Rows.TIME, new SaveSetId(new ClientName("web"), new SaveSetName(saveSet)), new PoolName(pool),
                new ClientName("here"), job % 2 == 0 ? null : new Proof.Sample(-7, 3, 60), Rows.TIME.plusSeconds(1), Rows.TIME.plusSeconds(9), 4, 5, told.length,
                List.of(told), new Proof.Times(Duration.ofMillis(6), Duration.ofMillis(7), Duration.ofMillis(8)), outcome);
    }

    private static Proof listed(Proof p) {
        return new Proof(p.job(), p.snapshot(), p.received(), p.saveSet(), p.pool(), p.client(), p.sample(), p.began(), p.ended(), p.entries(), p.bytes(),
                p.differences(), List.of(), p.times(), p.outcome());
    }

    @Test
    default void keepsWhatWasProvenOfSnapshotsThatAreNotThere() throws Exception {
        Proof first = proof(1, "etc", "main", Outcome.PROVEN);
        Proof second = proof(2, "etc", "vault", Outcome.FAILED, "/etc/a: 3 bytes from 7 on", "/etc/b: missing");
        Proof third = proof(3, "www", "main", Outcome.PARTLY, "/www: its owner");
        Proof last = proof(4, "etc", "main", Outcome.FAILED, "x");
        change(edit -> edit.putProof(third), edit -> edit.putProof(proof(1, "x", "y", Outcome.FAILED, "z")), edit -> edit.putProof(first), edit -> edit.putProof(second),
                edit -> edit.putProof(last));
        assertEquals(Optional.of(second), read(view -> view.proof(second.job())));
        assertEquals(Optional.of(first), read(view -> view.proof(first.job())));
        assertEquals(Optional.empty(), read(view -> view.proof(new JobId(5))));
        ClientName web = new ClientName("web");
        SaveSetName etc = new SaveSetName("etc");
        assertEquals(List.of(listed(last), listed(third), listed(second), listed(first)), read(view -> view.proofs(null, null, Long.MAX_VALUE, 9)));
        assertEquals(List.of(listed(third), listed(second)), read(view -> view.proofs(web, null, 4, 2)));
        assertEquals(List.of(listed(last), listed(second), listed(first)), read(view -> view.proofs(web, etc, Long.MAX_VALUE, 9)));
        assertEquals(List.of(), read(view -> view.proofs(new ClientName("db"), null, Long.MAX_VALUE, 9)));
        assertEquals(List.of(listed(last), listed(second), listed(third)), read(view -> view.lastProofs(null)));
        assertEquals(List.of(listed(first)), read(view -> view.lastProofs(Outcome.PROVEN)));
        for (ClientName client : List.of(first.saveSet().client(), third.saveSet().client(), new ClientName("nobody"))) {
            for (Outcome outcome : Arrays.asList(null, Outcome.PROVEN)) {
                assertEquals(read(view -> view.lastProofs(outcome)).stream().filter(one -> one.saveSet().client().equals(client)).toList(), read(view -> view.lastProofs(outcome, client)));
            }
        }
        assertEquals(new JobId(5), store().write(edit -> edit.nextJob()), "a job of that number has proved something");
    }

    @Test
    default void goesThroughJobsAndLetsGoOfThoseThatNothingTellsOf() throws Exception {
        ClientName db = new ClientName("db");
        List<Job> jobs = LongStream.rangeClosed(1, 7).mapToObj(id -> Rows.job(id, id == 3 ? Job.State.PARKED : id == 7 ? Job.State.FAILED : Job.State.DONE))
                .map(job -> job.id().value() == 5 ? Records.with(job, "client", db) : job).toList();
        SaveSetId set = new SaveSetId(new ClientName("web"), new SaveSetName("etc"));
        PolicyName daily = new PolicyName("daily");
        for (Job job : jobs) {
            change(edit -> edit.putJob(job), edit -> edit.addLine(new JobLine(job.id(), Rows.TIME, JobLine.Level.INFO, "line of " + job.id())));
        }
        change(edit -> edit.putSaveSet(new KeptSaveSet(set.client(), null, new SaveSet(set.name(), List.of(RawPath.of("/etc")), List.of(), false), Hooks.NONE)),
                edit -> edit.putPool(Rows.pool("main")), edit -> edit.putPolicy(new Policy(daily, new PoolName("main"), List.of(set), List.of())),
                edit -> edit.putPolicyRun(new PolicyRun(daily, 1, false, Rows.TIME, Rows.TIME, PolicyRun.Outcome.DONE, null, List.of(PolicyRun.Part.waiting(set).begun(new JobId(4))))),
                edit -> edit.putDrillPlan(new DrillPlan(daily, List.of(set), List.of(), DrillPlan.WHOLE, 0, null, Timing.BY_HAND)),
                edit -> edit.putDrillRun(new PolicyRun(daily, 1, false, Rows.TIME, Rows.TIME, PolicyRun.Outcome.DONE, null, List.of(PolicyRun.Part.waiting(set).begun(new JobId(6))))),
                edit -> edit.putProof(proof(2, "etc", "main", Outcome.PROVEN)));
        List<Job> listed = Rows.listed(jobs);
        Records.assertRows(listed.subList(0, 2), read(view -> view.jobsBehind(null, 2)));
        Records.assertRows(listed.subList(2, 7), read(view -> view.jobsBehind(new JobId(2), 9)));
        assertEquals(List.of(), read(view -> view.jobsBehind(new JobId(7), 9)));
        Records.assertRows(listed.subList(4, 7), read(view -> view.newestJobs(null, null, 3)));
        Records.assertRows(listed, read(view -> view.newestJobs(null, null, 8)));
        Records.assertRows(listed.subList(1, 4), read(view -> view.newestJobs(null, new JobId(5), 3)));
        Records.assertRows(List.of(listed.get(4)), read(view -> view.newestJobs(db, null, 3)));
        Records.assertRows(List.of(listed.get(3), listed.get(5)), read(view -> view.newestJobs(new ClientName("web-1"), new JobId(7), 2)));
        assertEquals(Set.of(new JobId(2), new JobId(4), new JobId(5), new JobId(6)), read(view -> view.jobsKept(new JobId(1), new JobId(7))), "5 is the last of db");
        assertEquals(Set.of(new JobId(2)), read(view -> view.jobsKept(new JobId(1), new JobId(3))));
        change(edit -> edit.putJob(Records.with(Rows.job(8, Job.State.WARNED), "client", db)));
        assertEquals(Set.of(new JobId(4)), read(view -> view.jobsKept(new JobId(3), new JobId(5))), "8 is later than 5");

        assertEquals(List.of(2, 1, 0), store().write(edit -> List.of(edit.deleteJob(new JobId(1)), edit.deleteJob(new JobId(8)), edit.deleteJob(new JobId(99)))));
        change(edit -> edit.deleteJob(new JobId(7)));
        Records.assertRows(listed.subList(1, 6), read(view -> view.jobs(false)));
        assertEquals(List.of(), read(view -> view.log(new JobId(7))));
        assertEquals(1, read(view -> view.log(new JobId(2))).size());
        assertEquals(new JobId(9), store().write(CatalogEdit::nextJob), "no other gets the number of one that was deleted");
    }

    @Test
    default void keepsPlansOfDrillsWithTheirRuns() throws Exception {
        PolicyName monthly = new PolicyName("monthly");
        SaveSetId set = new SaveSetId(new ClientName("web"), new SaveSetName("etc"));
        KeptSaveSet kept = new KeptSaveSet(set.client(), null, new SaveSet(set.name(), List.of(RawPath.of("/etc")), List.of(), false), Hooks.NONE);
        Timing timing = new Timing("monthly first sun 03:00", "Asia/Tokyo", List.of("sun", "mon"), true, false, 61, 3, Duration.ofSeconds(4), 5, Duration.ofSeconds(6), false);
        DrillPlan plan = new DrillPlan(monthly, List.of(set), List.of(new PoolName("z"), new PoolName("a")), 0, 5, new ClientName("here"), timing);
        DrillPlan whole = new DrillPlan(new PolicyName("all"), List.of(set), List.of(), DrillPlan.WHOLE, 0, null, Timing.BY_HAND);
        assertThrows(BackupException.class, () -> change(edit -> edit.putDrillPlan(plan)), "its save set is not there");
        PolicyRun run = new PolicyRun(monthly, 1, false, Rows.TIME, null, PolicyRun.Outcome.RUNNING, null, List.of(PolicyRun.Part.waiting(set).begun(new JobId(7))));
        PolicyRun over = new PolicyRun(monthly, 2, true, Rows.TIME, Rows.TIME, PolicyRun.Outcome.DONE, "so", List.of());
        change(edit -> edit.putClient(Rows.client("web")), edit -> edit.putSaveSet(kept), edit -> edit.putDrillPlan(whole),
                edit -> edit.putDrillPlan(new DrillPlan(monthly, List.of(set), List.of(), 9, 0, null, Timing.BY_HAND)), edit -> edit.putDrillPlan(plan),
                edit -> edit.putDrillRun(over), edit -> edit.putDrillRun(run), edit -> edit.putDrillsScheduled(monthly, Rows.TIME));
        assertEquals(List.of(whole, plan), read(CatalogView::drillPlans));
        assertEquals(Optional.of(plan), read(view -> view.drillPlan(monthly)));
        assertEquals(Optional.of(Rows.TIME), read(view -> view.drillsScheduled(monthly)));
        assertEquals(Optional.empty(), read(view -> view.drillsScheduled(whole.name())));
        assertEquals(List.of(over, run), read(view -> view.drillRuns(monthly, 5)));
        assertEquals(List.of(over.with(List.of()), run.with(List.of())), read(view -> view.bareDrillRuns(monthly, 5)));
        assertEquals(List.of(run), read(CatalogView::openDrillRuns));
        assertEquals(List.of(run), read(view -> view.openDrillRuns(run.policy())));
        assertEquals(List.of(), read(CatalogView::openPolicyRuns));
        change(edit -> edit.deleteDrillRuns(monthly, 0));
        assertEquals(List.of(run), read(view -> view.drillRuns(monthly, 5)));
        change(edit -> edit.deleteDrillPlan(monthly), edit -> edit.deleteDrillPlan(monthly));
        assertEquals(List.of(), read(CatalogView::openDrillRuns));
        assertEquals(List.of(whole), read(CatalogView::drillPlans));
    }

    @Test
    default void countsAndKeepsHowMuchWasReadBack() throws Exception {
        twoPools();
        Instant now = Rows.TIME.plus(Duration.ofDays(400));
        LocalDate today = LocalDate.of(2027, 5, 3);
        assertEquals(new Coverage(MAIN, today, 0, 0, 0, 0, 0, null), read(view -> view.coverageNow(MAIN, now)));
        for (int pack = 1; pack <= 4; pack++) {
            Pack written = Rows.pack(pack, "main", 1);
            change(edit -> edit.putPack(written));
        }
        VolumeId volume = Rows.pack(1, "main", 1).volume();
        Instant oldest = Rows.TIME.plusSeconds(1);
        change(edit -> edit.putPack(Rows.pack(9, "offsite", 3)), edit -> edit.putVerified(new PackId(-2, 1), volume, oldest),
                edit -> edit.putVerified(new PackId(-2, 2), volume, now.minus(Duration.ofDays(364))), edit -> edit.putVerified(new PackId(-2, 3), volume, now));
        long size = Rows.pack(1, "main", 1).size();
        Instant unread = Rows.pack(4, "main", 1).writtenAt().isBefore(oldest) ? Rows.pack(4, "main", 1).writtenAt() : oldest;
        Coverage counted = new Coverage(MAIN, today, 4, 4 * size, 1, 2, 1, unread);
        assertEquals(counted, read(view -> view.coverageNow(MAIN, now)));
        Coverage before = new Coverage(MAIN, today.minusDays(1), 1, 2, 0, 0, 1, null);
        change(edit -> edit.putCoverage(new Coverage(MAIN, today, 0, 0, 0, 0, 0, null)), edit -> edit.putCoverage(counted), edit -> edit.putCoverage(before));
        assertEquals(List.of(before, counted), read(view -> view.coverage(MAIN, 9)));
        assertEquals(List.of(counted), read(view -> view.coverage(MAIN, 1)));
        change(edit -> edit.deletePool(MAIN));
        assertEquals(List.of(), read(view -> view.coverage(MAIN, 9)));
    }
}
