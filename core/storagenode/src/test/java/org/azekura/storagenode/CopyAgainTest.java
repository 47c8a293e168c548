package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Job;
import org.azekura.api.message.Answer;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Transport;
import org.azekura.storagenode.pool.VolumeKeys;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fault.Call;
import org.azekura.testkit.fault.Fault;
import org.azekura.testkit.fault.FaultDisk;
import org.azekura.testkit.fault.FaultPlan;
import org.azekura.testkit.fault.Gate;
import org.azekura.wire.Conversation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A copy that something comes in between of: one of its three roles is killed, or somebody else is at the same snapshots. */
@Timeout(300)
class CopyAgainTest {

    private static final int DAYS = 3;

    @TempDir
    Path dir;

    private final Random random = Seeds.random(Seeds.start());
    private final Map<SnapshotId, Map<String, byte[]>> saved = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private Path source;
    private TwoSites sites;
    private FaultDisk from;
    private FaultDisk to;

    @BeforeEach
    void begin() throws Exception {
        source = Files.createDirectory(dir.resolve("source"));
        sites = TwoSites.made(dir.resolve("home"));
        from = sites.disks.get("a");
        to = sites.disks.get("b");
        for (int day = 1; day <= DAYS; day++) {
            byte[] content = new byte[1 << 20];
            random.nextBytes(content);
            Files.write(source.resolve("file " + day), content);
            saved.put(sites.snapshot(source), CopyTest.files(source));
        }
    }

    @AfterEach
    void end() {
        sites.close();
    }

    /** Begins a copy and has it wait where the third pack is to become durable. */
    private JobId beginAndWait(Gate gate) throws Exception {
        sites.stopNode("b");
        sites.startNode("b", FaultPlan.of("the third pack").on(Call.COMMIT, CopyTest.COPIES + VolumeKeys.PACKS, 3, new Fault.Slow(gate)));
        JobId job = sites.server.jobs().submit(new JobOrder.Copy(TwoSites.OFFSITE, TwoSites.MAIN, null)).id();
        gate.awaitCaller();
        return job;
    }

    private void assertAllCopied(JobId id) throws Exception {
        assertAllCopied(id, from.keys(VolumeKeys.PACKS).size());
    }

    /** @param least packs that the job knows of; one that became durable while it could not be told may be missing */
    private void assertAllCopied(JobId id, int least) throws Exception {
        Job job = sites.await(id, false);
        assertEquals(Job.State.DONE, job.state(), () -> job + " " + log(id));
        JobResult.Copy copied = sites.copied(job);
        assertEquals(List.copyOf(saved.keySet()), copied.snapshots());
        List<String> packs = from.keys(VolumeKeys.PACKS);
        assertTrue(copied.packs() >= least && copied.packs() <= packs.size(), copied::toString);
        assertEquals(packs.stream().map(key -> CopyTest.COPIES + key).toList(), to.keys(CopyTest.COPIES + VolumeKeys.PACKS));
        assertRestoreFromCopies();
    }

    private void assertRestoreFromCopies() throws Exception {
        for (SnapshotId snapshot : saved.keySet()) {
            Path target = Files.createTempDirectory(dir, "restored");
            Job job = sites.restore(snapshot, target, TwoSites.OFFSITE);
            assertEquals(Job.State.DONE, job.state(), job::toString);
            CopyTest.assertSame(saved.get(snapshot), CopyTest.files(target.resolve(source.toString().substring(1))));
        }
    }

    private String log(JobId job) {
        try {
            return sites.server.jobs().log(job).toString();
        } catch (BackupException e) {
            return e.getMessage();
        }
    }

    private long commits() {
        return to.counts().calls(Call.COMMIT);
    }

    @Test
    void goesOnWhenTheNodeThatTakesWasKilled() throws Exception {
        Gate gate = new Gate();
        JobId job = beginAndWait(gate);
        sites.stopNode("b");
        gate.open();
        sites.startNode("b", FaultPlan.none());
        assertAllCopied(job, from.keys(VolumeKeys.PACKS).size() - 1);
    }

    @Test
    void goesOnWhenTheNodeThatGivesWasKilled() throws Exception {
        Gate gate = new Gate();
        JobId job = beginAndWait(gate);
        sites.stopNode("a");
        gate.open();
        sites.startNode("a", FaultPlan.none());
        assertAllCopied(job);
    }

    @Test
    void goesOnWhenTheServerWasKilled() throws Exception {
        Gate gate = new Gate();
        JobId job = beginAndWait(gate);
        sites.stopServer();
        gate.open();
        sites.startServer();
        assertAllCopied(job, from.keys(VolumeKeys.PACKS).size() - 1);
    }

    @Test
    void isCancelledWithinTenSeconds() throws Exception {
        Gate gate = new Gate();
        JobId job = beginAndWait(gate);
        long began = System.nanoTime();
        assertEquals(Job.State.CANCELLED, sites.server.jobs().cancel(job).state());
        assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(10)) < 0);
        gate.open();
        assertEquals(saved.size(), sites.copyAll().snapshots().size() + sites.catalog().read(view -> view.copies(saved.keySet().iterator().next())).stream()
                .filter(copy -> copy.job().equals(job)).count());
        assertRestoreFromCopies();
    }

    @Test
    void pruneOfBothPoolsMeanwhileTakesNothingThatIsNeeded() throws Exception {
        Gate gate = new Gate();
        JobId job = beginAndWait(gate);
        Job pruned = sites.run(new JobOrder.Prune(null, false));
        assertEquals(Job.State.DONE, pruned.state(), () -> pruned + " " + log(pruned.id()));
        gate.open();
        assertAllCopied(job);
        assertEquals(Job.State.DONE, sites.run(new JobOrder.Verify(null, null, JobOrder.Depth.CHECKSUMS, 0, 0)).state());
    }

    @Test
    void aSnapshotThatIsDeletedMeanwhileLeavesNothingBehind() throws Exception {
        Gate gate = new Gate();
        JobId job = beginAndWait(gate);
        SnapshotId second = List.copyOf(saved.keySet()).get(1);
        sites.server.snapshots().delete(second);
        gate.open();
        Job ended = sites.await(job, false);
        assertEquals(Job.State.WARNED, ended.state(), () -> ended + " " + log(job));
        assertEquals(List.of(second), sites.copied(ended).left().stream().map(JobResult.LeftOut::snapshot).toList());
        assertTrue(to.keys(CopyTest.COPIES + VolumeKeys.MANIFESTS).stream().noneMatch(key -> key.endsWith(second.toString())));
        saved.remove(second);
        assertRestoreFromCopies();
    }

    @Test
    void waitsForRoomAndGoesOnByItself() throws Exception {
        to.capacity(2 << 20);
        Job parked = sites.run(new JobOrder.Copy(TwoSites.OFFSITE, TwoSites.MAIN, null));
        assertEquals(Job.State.PARKED, parked.state(), () -> parked + " " + log(parked.id()));
        long[] room = {2 << 20};
        TwoSites.await("the job to go on", () -> {
            to.capacity(room[0] += 2 << 20);
            return sites.server.jobs().get(parked.id()).state() != Job.State.PARKED;
        });
        to.capacity(100 << 20);
        assertAllCopied(parked.id());
    }

    @Test
    void whatHasArrivedIsNotSentAgain() throws Exception {
        Gate gate = new Gate();
        JobId job = beginAndWait(gate);
        sites.stopNode("b");
        gate.open();
        long before = commits();
        sites.startNode("b", FaultPlan.none());
        assertAllCopied(job, from.keys(VolumeKeys.PACKS).size() - 1);
        int packs = from.keys(VolumeKeys.PACKS).size();
        // What is left of the packs, two or three manifests, a checkpoint.
        assertTrue(commits() - before <= packs - 2 + DAYS + 1, () -> commits() - before + " blobs were written for what was left of " + packs + " packs");
    }

    /** A transport that nobody reaches this process by. */
    private record DialsOnly(Transport way) implements Transport {

        @Override
        public String scheme() {
            return way.scheme();
        }

        @Override
        public Listener listen(String service, String self, Consumer<Connection> accept) throws BackupException {
            throw BackupException.network("transport.taken", service, "nobody reaches this", null);
        }

        @Override
        public Connection dial(String address, String self, Duration timeout) throws BackupException {
            return way.dial(address, self, timeout);
        }
    }

    @Test
    void oneOfTheTwoHasToBeReachedNoMatterWhich() throws Exception {
        for (String hidden : List.of("a", "b")) {
            sites.stopNode(hidden);
            sites.startNode(hidden, FaultPlan.none(), new DialsOnly(sites.transport));
            assertTrue(!sites.copyAll().snapshots().isEmpty());
            sites.stopNode(hidden);
            sites.startNode(hidden, FaultPlan.none());
            Files.writeString(source.resolve("more"), hidden);
            saved.put(sites.snapshot(source), CopyTest.files(source));
        }
    }

    @Test
    void nobodyElseGetsAPackOnTheWordOfAJobNumber() throws Exception {
        Gate gate = new Gate();
        JobId job = beginAndWait(gate);
        for (String name : List.of("node/evil", "node/b", "client/host")) {
            Connection connection = sites.transport.dial("node-a", name, Duration.ofSeconds(10));
            try (Conversation talk = new Conversation(connection, CopyAgainTest::nothing).start()) {
                BackupException refused = assertThrows(BackupException.class, () -> talk.ask(new NodeRequest.OpenCopy(job, TwoSites.MAIN, new byte[32]),
                        Answer.Done.class, Duration.ofSeconds(10)));
                assertEquals("job.foreign", refused.failure().code(), name);
            }
        }
        gate.open();
        assertAllCopied(job);
    }

    private static Answer nothing(Message message) {
        throw new IllegalStateException("unexpected: " + message);
    }
}
