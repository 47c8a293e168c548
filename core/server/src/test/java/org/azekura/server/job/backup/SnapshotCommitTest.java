package org.azekura.server.job.backup;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Client;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.message.PoolOrder;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.job.damage.Compared;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.LosingStore;
import org.azekura.server.job.run.Parties;
import org.azekura.server.job.run.ProgressBoard;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.OneNode;
import org.azekura.testkit.catalog.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot's manifest is on the volume, and the database goes while the snapshot is committed. */
class SnapshotCommitTest {

    private static final Pool POOL = Rows.pool("main");
    private static final Pool OTHER = Rows.pool("other");
    private static final Client CLIENT = Rows.client("web");
    private static final Snapshot SNAPSHOT = Rows.snapshot(1, "main", "web", "etc");

    @TempDir
    Path home;
    private OneNode site;
    private LosingStore store;
    private JobRecord record;
    private SnapshotCommit commit;

    @BeforeEach
    void open() throws Exception {
        site = new OneNode(home);
        store = new LosingStore(site.catalog());
        Job queued = site.catalog().write(edit -> {
            edit.putClient(CLIENT);
            edit.putPool(POOL);
            edit.putPool(OTHER);
            Job job = new Job(SNAPSHOT.job(), Job.Kind.BACKUP, Job.State.QUEUED, CLIENT.name(), POOL.name(), Rows.TIME, null, 0, 0, null, null, 0, new byte[0], null);
            edit.putJob(job);
            return job;
        });
        record = new JobRecord(store, new ProgressBoard(), queued);
        record.running();
        Stage stage = new Stage(null, store, site.hosts, null, null, null, null, null, null, ServerClock.open(store));
        commit = new SnapshotCommit(stage, record, new Parties(null, site.node()), CLIENT, POOL, new Compared(null, 0), List.of(OTHER.name()));
        new PendingManifests(store).add(record.id(), POOL.name(), SNAPSHOT.id());
    }

    @AfterEach
    void close() {
        site.close();
    }

    private long removed() {
        return site.orders.stream().filter(new PoolOrder.RemoveManifest(POOL.name(), SNAPSHOT.id())::equals).count();
    }

    private boolean isCommitted() throws Exception {
        return site.catalog().read(view -> view.snapshot(SNAPSHOT.id())).isPresent();
    }

    private String pending() throws Exception {
        return site.catalog().read(view -> view.setting("manifests.pending")).orElse("");
    }

    private void withdrawAt(JobId begins, PoolName within) throws Exception {
        new PendingManifests(store).withdrawOver(site.node(), begins, within);
    }

    @Test
    void aLostAnswerIsFoundOutAndTheBackupGoesOnBehindIt() throws Exception {
        store.loseNext(true, 0);
        assertEquals(Job.State.DONE, commit.settle(SNAPSHOT, List.of()).state());
        assertEquals(List.of(Job.Kind.COPY), commit.next().stream().map(Job::kind).toList());
        assertEquals(0, removed());
    }

    @Test
    void whatProvesNotToBeCommittedHasNoManifest() throws Exception {
        store.loseNext(false, 0);
        assertRefused("catalog.io", () -> commit.settle(SNAPSHOT, List.of()));
        assertEquals(false, isCommitted());
        assertEquals(1, removed());
    }

    @Test
    void theManifestOfASnapshotThatIsThereStaysThoughNobodyCouldSay() throws Exception {
        store.loseNext(true, 1);
        assertRefused("catalog.unknown", () -> commit.settle(SNAPSHOT, List.of()));
        assertEquals(true, isCommitted());
        assertEquals(Optional.of(Job.State.DONE), record.broken(record.ended(Job.State.FAILED, 0, 0, "nobody can say", null), JobLine.Level.ERROR).map(Job::state));
        withdrawAt(new JobId(9), POOL.name());
        assertEquals(0, removed());
        assertEquals("", pending());
    }

    @Test
    void theManifestOfASnapshotThatIsNotThereIsTakenOffAsSoonAsThatIsKnown() throws Exception {
        store.loseNext(false, 1);
        assertRefused("catalog.unknown", () -> commit.settle(SNAPSHOT, List.of()));
        assertEquals(0, removed());
        withdrawAt(new JobId(9), POOL.name());
        assertEquals(0, removed(), "its job has not ended: it may make the snapshot still");
        record.broken(record.ended(Job.State.FAILED, 0, 0, "nobody can say", null), JobLine.Level.ERROR);
        withdrawAt(new JobId(9), OTHER.name());
        assertEquals(0, removed(), "that is for whoever fills the same pool");
        withdrawAt(new JobId(9), POOL.name());
        assertEquals(1, removed());
        assertEquals("", pending());
    }

    @Test
    void theNextAttemptTakesOffWhatTheOneBeforeItLeft() throws Exception {
        store.loseNext(false, 1);
        assertRefused("catalog.unknown", () -> commit.settle(SNAPSHOT, List.of()));
        withdrawAt(record.id(), OTHER.name());
        assertEquals(1, removed());
    }
}
