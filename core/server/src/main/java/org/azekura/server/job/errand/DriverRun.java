package org.azekura.server.job.errand;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.NodeName;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.server.Drivers.Part;
import org.azekura.api.server.Drivers.State;
import org.azekura.api.server.JobOrder;
import org.azekura.api.server.JobResult;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.Run;

/**
 * Has a driver changed on one node after the other, and goes on when one fails. If it is cancelled, nodes that have not begun are left out; the one in the
 * middle ends by itself, for half a change of a driver is none.
 */
public final class DriverRun implements Run {

    /** Of one job, from its nodes. */
    private static final int MAX_LINES = 1000;
    private static final int MAX_LINE = 1000;

    private final JobRecord record;
    private final JobOrder.Driver order;
    private final DriverWork work;
    private final AtomicInteger lines = new AtomicInteger();
    private final Halt halt = new Halt();
    private volatile boolean begun;
    /** Where it is, null between nodes. */
    private volatile NodeName at;
    /** Bytes that went to the nodes before. */
    private volatile long sent;

    public DriverRun(JobRecord record, JobOrder.Driver order, DriverWork work) {
        this.record = record;
        this.order = order;
        this.work = work;
    }

    @Override
    public Job carryOut() throws BackupException {
        begun = true;
        String what = order.driver() == null ? "a package that says nothing" : "driver " + order.driver() + (order.version() == null ? "" : " " + order.version());
        record.line(JobLine.Level.INFO, order.kind().word() + " of " + what + " on " + names(order.nodes()) + ", by " + order.by());
        List<Part> parts = new ArrayList<>();
        for (NodeName node : order.nodes()) {
            Part part = part(node);
            parts.add(part);
            tell(part);
            sent += part.sent();
            record.progress(0, sent, 0);
        }
        return settle(parts);
    }

    private Part part(NodeName node) throws BackupException {
        synchronized (this) {
            if (halt.isSaid()) {
                halt.check(Obstacle.STOPPING);
                return leftOut(node);
            }
            at = node;
        }
        try {
            Part part = work.change(order, node, new NodeStory(node));
            halt.check(Obstacle.STOPPING);
            return part.problem() != null && part.problem().code().equals(Obstacle.CANCELLED) ? leftOut(node) : part;
        } finally {
            at = null;
        }
    }

    private static Part leftOut(NodeName node) {
        return new Part(node, State.LEFT_OUT, 0, null, BackupException.operator(Obstacle.CANCELLED, node.value(), "the job was cancelled before anything was"
                + " changed on storage node " + node).failure());
    }

    private void tell(Part part) {
        switch (part.state()) {
            case DONE -> {
                InstalledDriver driver = part.driver();
                line(part.node(), JobLine.Level.INFO, driver == null ? "driver " + order.driver() + " is removed" : "driver " + driver.name() + " " + driver.version()
                        + " of " + (driver.publisher().isEmpty() ? "nobody" : driver.publisher()) + " runs");
            }
            case BACKED_OUT, FAILED -> line(part.node(), JobLine.Level.ERROR, part.problem().code() + ": " + part.problem().message());
            case LEFT_OUT -> line(part.node(), JobLine.Level.WARN, "is left out: nothing was changed there");
        }
    }

    private void line(NodeName node, JobLine.Level level, String text) {
        record.line(level, "node " + node + ": " + text);
    }

    private Job settle(List<Part> parts) throws BackupException {
        Thread.interrupted(); // who cancelled it in the moment of its beginning
        work.forget(order); // who sees its end sees no package left
        boolean cancelled = parts.stream().anyMatch(part -> part.state() == State.LEFT_OUT);
        List<Part> failed = parts.stream().filter(part -> part.state() != State.DONE).toList();
        String error = failed.isEmpty() ? null : parts.size() == 1 ? failed.getFirst().problem().message()
                : failed.stream().map(part -> "node " + part.node() + ": " + part.problem().message()).collect(Collectors.joining("; "));
        String driver = parts.stream().map(Part::driver).filter(Objects::nonNull).map(InstalledDriver::name).findFirst().orElse(order.driver());
        return record.settle(cancelled ? Job.State.CANCELLED : failed.isEmpty() ? Job.State.DONE : Job.State.FAILED, 0, sent, error,
                new JobResult.Driver(order.kind(), driver, parts));
    }

    private static String names(List<NodeName> nodes) {
        return (nodes.size() == 1 ? "node " : "nodes ") + nodes.stream().map(NodeName::value).collect(Collectors.joining(", "));
    }

    @Override
    public void stop(BackupException why) {
        NodeName middle;
        synchronized (this) {
            boolean first = !halt.isSaid();
            halt.say(why);
            middle = at;
            if (!first || !begun || halt.isSaid(Obstacle.STOPPING)) {
                return;
            }
        }
        List<NodeName> rest = middle == null ? List.of() : order.nodes().subList(order.nodes().indexOf(middle) + 1, order.nodes().size());
        record.line(JobLine.Level.WARN, why.getMessage() + (middle == null ? "" : ": what node " + middle + " has begun it finishes, or backs out by itself")
                + (rest.isEmpty() ? "" : "; nothing is begun on " + names(rest)));
    }

    /** Nobody breaks a change off in the middle; a server that stops leaves it to its node, and asks for it when it is back. */
    @Override
    public boolean committing() {
        return begun && !halt.isSaid(Obstacle.STOPPING);
    }

    @Override
    public void over() {
        work.forget(order);
    }

    @Override
    public ClientName client() {
        return null;
    }

    @Override
    public void nodeSays(NodeName node, String text) {
        if (node.equals(at) && lines.incrementAndGet() <= MAX_LINES) {
            line(node, JobLine.Level.INFO, text.substring(0, Math.min(text.length(), MAX_LINE)));
        }
    }

    private final class NodeStory implements DriverWork.Story {

        private final NodeName node;

        NodeStory(NodeName node) {
            this.node = node;
        }

        @Override
        public void line(JobLine.Level level, String text) {
            DriverRun.this.line(node, level, text);
        }

        @Override
        public void phase(String phase, long bytes) {
            record.phase("node " + node + ": " + phase);
            record.progress(0, sent + bytes, 0);
        }

        @Override
        public void check() throws BackupException {
            halt.check();
        }
    }
}
