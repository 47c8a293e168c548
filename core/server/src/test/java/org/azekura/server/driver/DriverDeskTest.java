package org.azekura.server.driver;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.identity.PublisherCertificate;
import org.azekura.api.message.DeviceAnswer;
import org.azekura.api.message.DriverOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.Drivers.State;
import org.azekura.api.server.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DriverDeskTest {

    @TempDir
    Path dir;
    private Nodes nodes;
    private FakeNode a;
    private FakeNode b;
    private DriverDesk desk;
    private byte[] content;

    @BeforeEach
    void open() throws Exception {
        nodes = new Nodes(dir);
        a = nodes.node("a");
        b = nodes.node("b");
        desk = nodes.drivers;
        content = Packed.driver("disk", "1.1.0", 2_500_000);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private Path file() throws IOException {
        return Files.write(Files.createTempFile(dir, "upload", ""), content);
    }

    private static DeviceAnswer.DriverChanged done(DriverOrder.ChangeDriver order, byte[] came) {
        return new DeviceAnswer.DriverChanged(FakeNode.driver("disk", "1.1.0"), null);
    }

    private void awaitEnd(Job begun) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AutoCloseable watch = nodes.jobs.watch(progress -> {
            if (progress.job().equals(begun.id()) && progress.state().ended()) {
                end.countDown();
            }
        });
        try {
            assertTrue(nodes.jobs.get(begun.id()).state().ended() || end.await(120, TimeUnit.SECONDS), () -> "it does not end: " + begun);
        } finally {
            watch.close();
        }
    }

    private JobResult.Driver ended(Job begun) throws Exception {
        awaitEnd(begun);
        assertEquals(List.of(), List.of(nodes.packages.toFile().list()), "packages are left");
        return (JobResult.Driver) nodes.jobs.result(begun.id()).orElseThrow();
    }

    private List<String> log(Job job) throws BackupException {
        return nodes.jobs.log(job.id()).stream().map(JobLine::text).toList();
    }

    private Job job(Job job) throws BackupException {
        return nodes.jobs.get(job.id());
    }

    @Test
    void bringsAPackageToEveryNodeWhole() throws Exception {
        nodes.publishers.trust(Pem.of("ann"), null, "Eve");
        a.changes = DriverDeskTest::done;
        b.changes = DriverDeskTest::done;
        Path file = file();
        JobResult.Driver change = ended(desk.install(file, null, "Eve"));
        assertEquals("disk", change.driver());
        assertEquals(List.of(new NodeName("a"), new NodeName("b")), change.nodes().stream().map(Part::node).toList());
        for (FakeNode node : List.of(a, b)) {
            DriverOrder.ChangeDriver order = (DriverOrder.ChangeDriver) node.orders.getLast();
            assertFalse(order.update());
            assertFalse(order.trust().development());
            assertArrayEquals(PublisherCertificate.parse(Pem.of("ann")).der(), order.trust().certificates().getFirst());
            assertArrayEquals(content, node.packages.get(order.upload()));
        }
        assertEquals(new Part(new NodeName("a"), State.DONE, content.length, FakeNode.driver("disk", "1.1.0"), null), change.nodes().getFirst());
        assertFalse(Files.exists(file));
    }

    @Test
    void tellsWhatEachNodeSaysAndGoesOn() throws Exception {
        a.changes = (order, came) -> {
            throw BackupException.operator("package.refused", "disk", "it is unsigned");
        };
        b.changes = DriverDeskTest::done;
        Path file = file();
        JobResult.Driver change = ended(desk.install(file, null, "Eve"));
        assertEquals(List.of(State.FAILED, State.DONE), change.nodes().stream().map(Part::state).toList());
        assertEquals("package.refused", change.nodes().getFirst().problem().code());
        assertFalse(Files.exists(file));
    }

    @Test
    void updatesTheNodesThatHaveItAndNamesThoseThatShouldAndAreAway() throws Exception {
        b.drivers.add(FakeNode.driver("disk", "1.0.0"));
        b.changes = (order, came) -> new DeviceAnswer.DriverChanged(FakeNode.driver("disk", "1.0.0"), "it failed its self-test");
        nodes.pool("far", "elsewhere", "d", "disk");
        nodes.pool("tapes", "elsewhere", "t", "tape");
        JobResult.Driver change = ended(desk.update(file(), null, null, "Eve"));
        assertEquals(List.of(State.BACKED_OUT, State.FAILED), change.nodes().stream().map(Part::state).toList());
        assertEquals("1.0.0", change.nodes().getFirst().driver().version());
        assertEquals("driver.backedout", change.nodes().getFirst().problem().code());
        assertEquals("node.offline", change.nodes().get(1).problem().code());
        assertTrue(((DriverOrder.ChangeDriver) b.orders.getLast()).update());
        assertTrue(a.packages.isEmpty());
    }

    @Test
    void hasEveryNodeLookAtAPackageThatSaysNothing() throws Exception {
        content = new byte[100];
        a.changes = (order, came) -> {
            throw BackupException.operator("package.invalid", "", "it is no driver package");
        };
        b.changes = a.changes;
        JobResult.Driver change = ended(desk.update(file(), null, null, "Eve"));
        assertNull(change.driver());
        assertEquals(List.of("package.invalid", "package.invalid"), change.nodes().stream().map(part -> part.problem().code()).toList());
    }

    @Test
    void keepsTheFileWithWhoAskedIfNothingIsBegun() throws Exception {
        Path file = file();
        assertRefused("package.refused", () -> desk.update(file, "tape", null, "Eve"));
        assertRefused("driver.unknown", () -> desk.update(file, "disk", null, "Eve"));
        assertRefused("node.offline", () -> desk.install(file, new NodeName("c"), "Eve"));
        assertRefused("driver.unknown", () -> desk.remove("tape", null, false, "Eve"));
        assertTrue(Files.exists(file));
    }

    @Test
    void removesItWhereItIs() throws Exception {
        a.drivers.add(FakeNode.driver("tape", "1.0.0"));
        JobResult.Driver change = ended(desk.remove("tape", null, true, "Eve"));
        assertEquals(List.of(new Part(new NodeName("a"), State.DONE, 0, null, null)), change.nodes());
        assertEquals(new DriverOrder.RemoveDriver("tape", true), a.orders.getLast());
        assertTrue(b.orders.stream().noneMatch(order -> order instanceof DriverOrder.RemoveDriver));
    }

    @Test
    void aNodeThatGoesAwayInTheMiddleIsNamed() throws Exception {
        a.changes = (order, came) -> {
            a.close();
            return done(order, came);
        };
        JobResult.Driver change = ended(desk.install(file(), new NodeName("a"), "Eve"));
        assertEquals("node.lost", change.nodes().getFirst().problem().code());
    }

    @Test
    void aNodeThatComesAgainSaysWhatBecameOfIt() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        a.changes = (order, came) -> {
            a.close();
            FakeNode again = nodes.node("a", FakeNode.driver("disk", "1.1.0"));
            again.settling = settle -> {
                again.close();
                nodes.node("a", FakeNode.driver("disk", "1.1.0"));
            };
            gone.countDown();
            return done(order, came);
        };
        JobResult.Driver change = ended(desk.install(file(), new NodeName("a"), "Eve"));
        assertTrue(gone.await(120, TimeUnit.SECONDS));
        assertEquals(State.DONE, change.nodes().getFirst().state(), change::toString);
        assertEquals(FakeNode.driver("disk", "1.1.0"), change.nodes().getFirst().driver());
    }

    @Test
    void makesOneChangeAfterTheOtherAndBoundsHowManyWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        a.changes = (order, came) -> {
            begun.countDown();
            await(free);
            return done(order, came);
        };
        b.changes = DriverDeskTest::done;
        Job first = desk.install(file(), new NodeName("a"), "Eve");
        assertTrue(begun.await(120, TimeUnit.SECONDS));
        Job second = desk.install(file(), new NodeName("b"), "Eve");
        for (int i = 2; i < 8; i++) {
            desk.install(file(), new NodeName("b"), "Eve");
        }
        assertRefused("driver.busy", () -> desk.install(file(), new NodeName("b"), "Eve"));
        assertEquals(Job.State.RUNNING, job(first).state());
        assertEquals("node a: changing", nodes.jobs.progress(first.id()).phase());
        assertEquals(content.length, nodes.jobs.progress(first.id()).bytes());
        assertEquals(Job.State.QUEUED, job(second).state());
        assertTrue(b.packages.isEmpty());
        free.countDown();
        for (Job job : nodes.jobs.list(false)) {
            awaitEnd(job);
        }
        assertEquals(State.DONE, ended(first).nodes().getFirst().state());
        assertEquals(State.DONE, ended(second).nodes().getFirst().state());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(120, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tellsItsStoryAndAnswersAtOnceHoweverLongANodeTakes() throws Exception {
        nodes.pool("p", "a", "d", "disk");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        a.drivers.add(FakeNode.driver("disk", "1.0.0"));
        a.changes = (order, came) -> {
            a.tell(new NodeReport.PoolPaused(new PoolName("p"), "driver disk is updated"));
            begun.countDown();
            await(free);
            a.tell(new NodeReport.DriverStep("device d has proved itself"));
            a.tell(new NodeReport.PoolPaused(new PoolName("p"), null));
            return done(order, came);
        };
        Job job = desk.update(file(), null, null, "Eve");
        assertEquals(List.of(Job.Kind.DRIVER, Job.State.QUEUED), List.of(job.kind(), job.state()));
        assertTrue(begun.await(120, TimeUnit.SECONDS));
        // nothing of this waits for the node
        assertEquals(job.id(), nodes.jobs.list(true).getFirst().id());
        assertEquals(Job.State.RUNNING, job(job).state());
        assertTrue(nodes.jobs.result(job.id()).isEmpty());
        assertEquals("1.0.0", desk.list(null).getFirst().driver().version());
        assertEquals(1, nodes.packages.toFile().list().length);
        free.countDown();
        ended(job);
        assertEquals(List.of("update of driver disk 1.1.0 on node a, by Eve", "node a: has the package of " + content.length + " bytes and looks at it",
                "node a: pool p pauses: driver disk is updated", "node a: device d has proved itself", "node a: pool p goes on", "node a: driver disk 1.1.0 of Ann runs"),
                log(job));
        assertEquals(List.of(Job.State.DONE, (long) content.length), List.of(job(job).state(), job(job).bytes()));
    }

    @Test
    void aServerThatStoppedInTheMiddleAsksWhichVersionRuns() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        a.changes = (order, came) -> {
            begun.countDown();
            await(free);
            return done(order, came);
        };
        a.settling = order -> {
            if (order instanceof DriverOrder.SettleDrivers) {
                asked.countDown();
                await(free);
            }
        };
        a.drivers.add(FakeNode.driver("disk", "1.1.0"));
        b.drivers.add(FakeNode.driver("disk", "1.0.0"));
        Job job = desk.install(file(), null, "Eve");
        Job waiting = desk.remove("disk", new NodeName("b"), false, "Eve");
        assertTrue(begun.await(120, TimeUnit.SECONDS));
        nodes.restart();
        assertEquals(List.of(), List.of(nodes.packages.toFile().list()));
        assertTrue(asked.await(120, TimeUnit.SECONDS), "the node is not asked");
        assertEquals(Job.State.RUNNING, job(job).state());
        free.countDown();
        JobResult.Driver result = ended(job);
        assertEquals(List.of(State.DONE, State.FAILED), result.nodes().stream().map(Part::state).toList(), () -> result.toString());
        assertEquals("1.1.0", result.nodes().getFirst().driver().version());
        assertEquals("node.lost", result.nodes().get(1).problem().code());
        assertTrue(result.nodes().get(1).problem().message().contains("driver disk 1.0.0 is there and runs"), result::toString);
        assertEquals(Job.State.FAILED, job(job).state());
        assertTrue(log(job).contains("node a: the server stopped before it heard how this ended; the version that runs there says it"), () -> "no word");
        assertEquals(State.FAILED, ended(waiting).nodes().getFirst().state());
        assertTrue(b.orders.stream().noneMatch(order -> order instanceof DriverOrder.RemoveDriver || order instanceof DriverOrder.ChangeDriver));
    }

    @Test
    void keepsNoPackageOfAnEarlierRun() throws Exception {
        Files.writeString(nodes.packages.resolve("left by a kill"), "x");
        nodes.restart();
        assertEquals(List.of(), List.of(nodes.packages.toFile().list()));
    }

    @Test
    void listsByNodeAndName() throws Exception {
        b.drivers.addAll(List.of(FakeNode.driver("tape", "2.0.0"), FakeNode.driver("disk", "1.0.0")));
        a.drivers.add(FakeNode.driver("disk", "1.1.0"));
        assertEquals(List.of("a disk 1.1.0", "b disk 1.0.0", "b tape 2.0.0"), desk.list(null).stream()
                .map(row -> row.node() + " " + row.driver().name() + " " + row.driver().version()).toList());
        assertEquals(2, desk.list(new NodeName("b")).size());
        assertRefused("node.offline", () -> desk.list(new NodeName("c")));
    }
}
