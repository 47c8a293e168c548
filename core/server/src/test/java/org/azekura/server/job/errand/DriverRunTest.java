package org.azekura.server.job.errand;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.api.DeviceName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Pool;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.Drivers.State;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.JobFactory;
import org.azekura.server.job.JobQueue;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRows;
import org.azekura.server.job.run.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes of drivers as jobs: their ends, their cancelling, and stops of the server. */
@Timeout(300)
class DriverRunTest {

    private static final NodeName A = new NodeName("a");
    private static final NodeName B = new NodeName("b");
    private static final NodeName C = new NodeName("c");

    private final JobRows rows = new JobRows(new Pool(new PoolName("default"), A, new DeviceName("default"), "disk", ChunkSizes.DEFAULT, 3, Pool.LIVE_PERCENT,
            new byte[0], Instant.EPOCH, null));
    private final Work work = new Work();
    private JobQueue queue = queue();

    private JobQueue queue() {
        return new JobQueue(rows.store(), new JobFactory(new Stage(new ApplianceId(1, 1), rows.store(), null, null, null, null, A, null, null, null), null, () -> { },
                work, null), A);
    }

    @AfterEach
    void end() {
        queue.close();
    }

    /** Nodes on which a change is done, unless a test says otherwise. */
    private static final class Work implements DriverWork {

        interface Does {
            Part on(NodeName node, Story story) throws Exception;
        }

        final Map<NodeName, Does> nodes = new ConcurrentHashMap<>();
        final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public Part change(JobOrder.Driver order, NodeName node, Story story) {
            calls.add(order.change() + " on " + node);
            try {
                return nodes.getOrDefault(node, (name, told) -> done(name)).on(node, story);
            } catch (BackupException e) {
                return failed(node, e);
            } catch (Exception e) {
                return failed(node, BackupException.bug("fake", e));
            }
        }

        @Override
        public void forget(JobOrder.Driver order) {
            if (!calls.contains("forget " + order.change())) {
                calls.add("forget " + order.change());
            }
        }
    }

    private static Part done(NodeName node) {
        return new Part(node, State.DONE, 7, new InstalledDriver("disk", "1.1.0", "Ann", InstalledDriver.State.ACTIVE, List.of(), ""), null);
    }

    private static Part failed(NodeName node, BackupException why) {
        return new Part(node, State.FAILED, 7, null, why.failure());
    }

    /** A node that takes its time. */
    private static final class Slow implements Work.Does {

        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch free = new CountDownLatch(1);

        @Override
        public Part on(NodeName node, DriverWork.Story story) throws Exception {
            begun.countDown();
            assertTrue(free.await(120, TimeUnit.SECONDS));
            return done(node);
        }

        void await() throws Exception {
            assertTrue(begun.await(120, TimeUnit.SECONDS));
        }
    }

    private static JobOrder.Driver update(String change, NodeName... nodes) {
        return new JobOrder.Driver(Drivers.Kind.UPDATE, "disk", "1.1.0", List.of(nodes), false, "Eve", change);
    }

    private Job ended(Job job) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AutoCloseable watch = queue.watch(progress -> {
            if (progress.job().equals(job.id()) && progress.state().ended()) {
                end.countDown();
            }
        });
        try {
            assertTrue(queue.get(job.id()).state().ended() || end.await(120, TimeUnit.SECONDS), () -> "it does not end: " + rows.lines());
        } finally {
            watch.close();
        }
        return queue.get(job.id());
    }

    private List<Part> parts(Job job) throws Exception {
        return ((JobResult.Driver) queue.result(job.id()).orElseThrow()).nodes();
    }

    private List<String> lines(Job job) throws Exception {
        return queue.log(job.id()).stream().map(JobLine::text).toList();
    }

    @Test
    void goesOnWhenANodeFailsAndSaysHowItEndedOnEach() throws Exception {
        work.nodes.put(A, (node, story) -> {
            throw BackupException.operator("package.refused", "disk", "it is unsigned");
        });
        Job job = ended(queue.submit(update("x", A, B)));
        assertEquals(Job.State.FAILED, job.state());
        assertEquals("node a: it is unsigned", job.error());
        assertEquals(14, job.bytes());
        assertEquals(List.of(State.FAILED, State.DONE), parts(job).stream().map(Part::state).toList());
        assertEquals(List.of("update of driver disk 1.1.0 on nodes a, b, by Eve", "node a: package.refused: it is unsigned", "node b: driver disk 1.1.0 of Ann runs"),
                lines(job));
        assertEquals(Job.State.DONE, ended(queue.submit(update("y", B))).state());
    }

    @Test
    void aCancelLeavesOutWhatHasNotBegunAndLetsTheMiddleEnd() throws Exception {
        Slow slow = new Slow();
        work.nodes.put(B, slow);
        Job job = queue.submit(update("x", A, B, C));
        slow.await();
        assertEquals(Job.State.RUNNING, queue.cancel(job.id()).state());
        assertTrue(lines(job).contains("the job was cancelled: what node b has begun it finishes, or backs out by itself; nothing is begun on node c"),
                () -> rows.lines().toString());
        queue.cancel(job.id());
        slow.free.countDown();
        Job end = ended(job);
        assertEquals(Job.State.CANCELLED, end.state());
        assertEquals(List.of(State.DONE, State.DONE, State.LEFT_OUT), parts(job).stream().map(Part::state).toList());
        assertTrue(end.error().contains("node c: the job was cancelled before"), end.error());
        assertEquals(List.of("x on a", "x on b", "forget x"), work.calls);
        assertEquals(1, lines(job).stream().filter(line -> line.contains("finishes, or backs out")).count());
    }

    @Test
    void aCancelledOneWhoseLastNodeFinishedIsDone() throws Exception {
        Slow slow = new Slow();
        work.nodes.put(A, slow);
        Job job = queue.submit(update("x", A));
        slow.await();
        queue.cancel(job.id());
        slow.free.countDown();
        assertEquals(Job.State.DONE, ended(job).state());
    }

    @Test
    void breaksOffAtANodeWhereNothingIsBegun() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        work.nodes.put(A, (node, story) -> {
            begun.countDown();
            assertTrue(cancelled.await(120, TimeUnit.SECONDS));
            story.check();
            return done(node);
        });
        Job job = queue.submit(update("x", A, B));
        assertTrue(begun.await(120, TimeUnit.SECONDS));
        queue.cancel(job.id());
        cancelled.countDown();
        assertEquals(Job.State.CANCELLED, ended(job).state());
        assertEquals(List.of(State.LEFT_OUT, State.LEFT_OUT), parts(job).stream().map(Part::state).toList());
    }

    @Test
    void comesOneAfterTheOtherAndOneThatWaitsIsCancelledAtOnce() throws Exception {
        Slow slow = new Slow();
        work.nodes.put(A, slow);
        Job first = queue.submit(update("x", A));
        slow.await();
        Job second = queue.submit(update("y", B));
        Job third = queue.submit(update("z", B));
        assertEquals(Job.State.CANCELLED, queue.cancel(second.id()).state());
        assertEquals(Job.State.QUEUED, queue.get(third.id()).state());
        slow.free.countDown();
        assertEquals(List.of(Job.State.DONE, Job.State.DONE), List.of(ended(first).state(), ended(third).state()));
        assertEquals(List.of("forget y", "x on a", "z on b"), work.calls.stream().filter(call -> !call.equals("forget x") && !call.equals("forget z")).sorted()
                .toList());
    }

    @Test
    void aStoppedServerLeavesItToTheNodeAndEndsItAtTheNextStart() throws Exception {
        Slow slow = new Slow();
        work.nodes.put(A, slow);
        Job job = queue.submit(update("x", A, B));
        slow.await();
        queue.close();
        assertEquals(Job.State.PARKED, rows.job(job.id().value()).state());
        assertEquals(List.of("x on a", "forget x"), work.calls);
        work.nodes.clear();
        queue = queue();
        queue.settle();
        queue.resume();
        assertEquals(Job.State.DONE, ended(job).state());
        assertEquals(List.of("x on a", "x on b"), work.calls.subList(2, 4));
    }

    @Test
    void aKilledServerTakesItUpAndNobodyResumesItByHand() throws Exception {
        work.nodes.put(A, (node, story) -> {
            throw BackupException.network("node.lost", "a", "it runs 1.0.0", null);
        });
        Job left = new Job(new JobId(1), Job.Kind.DRIVER, Job.State.RUNNING, null, null, Instant.EPOCH, null, 0, 0, null, null, 1,
                JobCodecs.ORDERS.encode(update("x", A)), null);
        rows.jobs.put(left.id(), left);
        queue.settle();
        assertEquals(Job.State.PARKED, queue.get(left.id()).state());
        queue.resume();
        Job end = ended(left);
        assertEquals(Job.State.FAILED, end.state());
        assertEquals("it runs 1.0.0", end.error());
        assertTrue(lines(left).contains("parked: the server stopped while this job ran"), () -> rows.lines().toString());
        assertTrue(assertRefused("job.once", () -> queue.resume(left.id())).getMessage().endsWith("its package is not kept; order the change again"));
    }

    @Test
    void hearsWhatTheNodeTellsThatIsInTheMiddle() throws Exception {
        work.nodes.put(A, (node, story) -> {
            queue.active().nodeSays(A, "device d has proved itself");
            queue.active().nodeSays(B, "something else");
            queue.active().paused(A, rows.poolName(), "driver disk is updated");
            queue.active().paused(A, rows.poolName(), null);
            return done(node);
        });
        Job job = ended(queue.submit(update("x", A)));
        assertEquals(List.of("node a: device d has proved itself", "node a: pool default pauses: driver disk is updated", "node a: pool default goes on"),
                lines(job).subList(1, 4));
    }
}
