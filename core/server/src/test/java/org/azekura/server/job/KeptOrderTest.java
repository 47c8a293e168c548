package org.azekura.server.job;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.azekura.api.ClientName;
import org.azekura.api.HookName;
import org.azekura.api.Hooks;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.RawPath;
import org.azekura.api.Rule;
import org.azekura.api.SaveSet;
import org.azekura.api.SaveSetName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.KeptSaveSet;
import org.azekura.api.message.ClientReport;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.protection.FewProtections;
import org.azekura.testkit.catalog.Records;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.Test;

/** What a save set that is kept makes of an order, and who then has a say in its job's log. */
class KeptOrderTest {

    private static final ClientName APP = new ClientName("app");
    private static final Hooks HOOKS = new Hooks(new HookName("freeze"), new HookName("thaw"), null);
    private static final SaveSet DOCS = new SaveSet(new SaveSetName("docs"), List.of(RawPath.of("/mnt")), List.of(Rule.parse(false, "*.tmp")), true);

    private final FewProtections catalog = new FewProtections();
    private final KeptOrder kept = new KeptOrder(catalog.store(), FewProtections.HOST);

    private void keep(ClientName client, ClientName via) {
        KeptSaveSet set = new KeptSaveSet(client, via, DOCS, HOOKS);
        catalog.saveSets.put(set.id(), set);
    }

    private static JobOrder.Backup named(ClientName client, String name) {
        return new JobOrder.Backup(client, new PoolName("main"), new SaveSet(new SaveSetName(name), List.of(), List.of(), false), null, false);
    }

    @Test
    void takesAllFromTheSaveSet() throws Exception {
        keep(APP, FewProtections.PROXY);
        JobOrder.Backup whole = new JobOrder.Backup(APP, new PoolName("main"), DOCS, null, false, false, 0, FewProtections.PROXY, HOOKS);
        assertEquals(whole, kept.complete(named(APP, "docs")));
        assertEquals(whole, kept.complete(named(null, "docs")), "no other client has one of this name");
        assertEquals(whole, kept.complete(whole), "as it is in the catalog");
        keep(FewProtections.HOST, null);
        assertEquals(FewProtections.HOST, kept.complete(named(null, "docs")).client());
    }

    @Test
    void refusesWhatIsNotKept() {
        keep(APP, FewProtections.PROXY);
        keep(FewProtections.PROXY, null);
        assertRefused("saveset.ambiguous", () -> kept.complete(named(null, "docs")));
        assertRefused("saveset.unknown", () -> kept.complete(named(FewProtections.HOST, "docs")));
        assertRefused("saveset.unknown", () -> kept.complete(named(null, "other")));
        assertRefused("path.none", () -> kept.complete(new JobOrder.Backup(null, null, new SaveSet(new SaveSetName("docs"), List.of(),
                List.of(Rule.parse(false, "x")), false), null, false)));
    }

    @Test
    void leavesPathsGivenByHandAlone() throws Exception {
        keep(FewProtections.HOST, FewProtections.PROXY);
        JobOrder.Backup byHand = new JobOrder.Backup(null, null, new SaveSet(new SaveSetName("docs"), List.of(RawPath.of("/other")), List.of(), false), null, false);
        JobOrder.Backup whole = kept.complete(byHand);
        assertEquals(byHand.saveSet(), whole.saveSet());
        assertNull(whole.via());
        assertEquals(Hooks.NONE, whole.hooks());
    }

    private void job(long id, JobOrder order, Instant ended) {
        catalog.jobs.put(new JobId(id), Records.with(Records.with(Records.with(Rows.job(id, Job.State.RUNNING), "client", APP), "order",
                JobCodecs.ORDERS.encode(order)), "ended", ended));
    }

    private static ClientReport.Remarks remarks(long job, String... lines) {
        return new ClientReport.Remarks(new JobId(job), false, List.of(lines));
    }

    @Test
    void onlyWhoCollectsAddsToTheLogAndNotForEver() throws Exception {
        RemarkBook book = new RemarkBook(catalog.store());
        job(1, new JobOrder.Backup(APP, null, DOCS, null, false, false, 0, FewProtections.PROXY, HOOKS), null);
        book.take(FewProtections.PROXY, remarks(1, "one\u001b[31m", "two\ntwo"));
        assertEquals(List.of("one\ufffd[31m", "two\ufffdtwo"), catalog.lines.stream().map(JobLine::text).toList());
        assertRefused("job.foreign", () -> book.take(APP, remarks(1, "x")));
        assertRefused("job.foreign", () -> book.take(FewProtections.PROXY, remarks(2, "x")));
        job(3, new JobOrder.Prune(null, false), null);
        assertRefused("job.foreign", () -> book.take(APP, remarks(3, "x")));
        job(4, new JobOrder.Backup(APP, null, DOCS, null, false, false, 0, FewProtections.PROXY, HOOKS), Instant.now().minusSeconds(60));
        book.take(FewProtections.PROXY, remarks(4, "a minute later"));
        job(4, new JobOrder.Backup(APP, null, DOCS, null, false, false, 0, FewProtections.PROXY, HOOKS), Instant.now().minusSeconds(7200));
        assertRefused("job.foreign", () -> book.take(FewProtections.PROXY, remarks(4, "x")));
    }

    @Test
    void aLogIsNotFilledWithoutBound() throws Exception {
        RemarkBook book = new RemarkBook(catalog.store());
        job(1, new JobOrder.Backup(APP, null, DOCS, null, false, false, 0, FewProtections.PROXY, HOOKS), null);
        String[] many = IntStream.range(0, 1_000).mapToObj(i -> "x".repeat(2_000)).toArray(String[]::new);
        for (int i = 0; i < 20; i++) {
            book.take(FewProtections.PROXY, remarks(1, many));
        }
        assertEquals(2_000, catalog.lines.size());
        assertEquals(ClientReport.Remarks.MAX_LINE, catalog.lines.getFirst().text().length());
    }
}
