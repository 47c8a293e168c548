package org.azekura.server.scale;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.QueueDoor;
import org.azekura.server.job.backup.CopiesDoor;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.schedule.PolicyCourse;
import org.azekura.server.schedule.RoundsDoor;
import org.azekura.server.schedule.Scheduler;

/**
 * A server with all its clients and nodes, by a clock of its own. The scheduler, the queue's places and priorities, the orders of copies and the catalog are the real ones; how long
 * clients and nodes take, and what fails there, is drawn. One thread.
 */
final class SimulatedSite implements Scheduler.Queue {

    private final Site site;
    private final int atOnce;
    private final Duration pace;
    private final CatalogStore catalog;
    private final Load load;
    private final Agenda agenda;
    private final Nodes nodes;
    private final Watch watch;
    private final Map<Job.Kind, Waits> waits = new EnumMap<>(Job.Kind.class);
    /** Jobs that have places. */
    private final Map<JobId, Running> running = new HashMap<>();
    private final Map<JobId, Instant> waiting = new HashMap<>();
    private QueueDoor queue;
    private RoundsDoor rounds;
    private Instant lastLook = Instant.MIN;
    private Instant nextLook = Instant.MAX;
    private long looks;
    private long looking_ns;
    private int kills;

    /**
     * @param atOnce places of jobs
     * @param pace   between two looks of the scheduler
     */
    SimulatedSite(Site site, int atOnce, Duration pace, CatalogStore catalog, Load load, Instant begin) throws BackupException {
        this.site = site;
        this.atOnce = atOnce;
        this.pace = pace;
        this.catalog = catalog;
        this.load = load;
        this.agenda = new Agenda(begin);
        this.watch = new Watch(atOnce, site, agenda::now);
        catalog.write(edit -> {
            site.write(edit);
            return null;
        });
        this.nodes = new Nodes(site.size().nodes(), agenda, load, this::out);
        start();
        wake();
    }

    private record Running(Job job, int node, int other, Instant until) {}

    /** What is of the process: a kill leaves the catalog alone. */
    private void start() throws BackupException {
        queue = new QueueDoor(catalog, Site.node(0), atOnce);
        rounds = new RoundsDoor(catalog, this, PolicyCourse::all, ZoneOffset.UTC);
        running.clear();
        waiting.clear();
        watch.killed();
    }

    void runUntil(Instant end) throws BackupException {
        agenda.runUntil(end);
    }

    @Override
    public CatalogStore.Change<Job> prepare(JobOrder order, PolicyName policy, boolean there) throws BackupException {
        watch.begins(policy);
        return queue.prepare(order, policy);
    }

    @Override
    public void begin(List<Job> queued) {
        try {
            for (Job job : queued) {
                wait(job);
            }
            admit();
        } catch (BackupException e) {
            throw new IllegalStateException(e);
        }
    }

    private void wait(Job job) throws BackupException {
        watch.waits(job, queue.begin(job));
        waiting.put(job.id(), agenda.now());
    }

    private void admit() throws BackupException {
        for (Job job = queue.admit(); job != null; job = queue.admit()) {
            watch.admitted(job);
            waits.computeIfAbsent(job.kind(), kind -> new Waits()).add(Duration.between(waiting.remove(job.id()), agenda.now()));
            carryOut(job);
        }
    }

    private void carryOut(Job job) throws BackupException {
        int node = Site.nodeOf(job.pool());
        int other = job.kind() == Job.Kind.COPY ? Site.nodeOf(((JobOrder.Copy) JobCodecs.ORDERS.decode(job.order())).to()) : node;
        for (int each : new int[] {node, other}) {
            if (nodes.isOut(each)) {
                park(job, nodes.backAt(each), "storage node " + each + " is not connected");
                return;
            }
        }
        if (job.kind() == Job.Kind.BACKUP && job.attempts() == 0 && load.once(50)) {
            park(job.attempt(1), agenda.now().plus(load.between(Duration.ofMinutes(5), Duration.ofHours(12))), "the client is not connected");
            return;
        }
        put(job.waiting(Job.State.RUNNING, null));
        Instant until = agenda.now().plus(load.work().multipliedBy(Math.max(nodes.slowness(node), nodes.slowness(other))));
        running.put(job.id(), new Running(job, node, other, until));
        agenda.at(until, () -> {
            Running now = running.get(job.id());
            if (now != null && now.until.equals(until)) {
                end(now.job);
            }
        });
    }

    private void park(Job job, Instant until, String why) throws BackupException {
        Job parked = job.waiting(Job.State.PARKED, why);
        put(parked);
        give(job);
        int life = kills;
        agenda.at(until, () -> {
            if (life == kills) {
                wait(parked);
                admit();
            }
        });
    }

    private void put(Job job) throws BackupException {
        catalog.write(edit -> {
            edit.putJob(job);
            return null;
        });
    }

    private void give(Job job) {
        queue.give(job);
        watch.gives(job);
    }

    private void end(Job job) throws BackupException {
        running.remove(job.id());
        boolean failed = load.once(200);
        List<Job> copies = new ArrayList<>();
        catalog.write(edit -> {
            edit.putJob(new Job(job.id(), job.kind(), failed ? Job.State.FAILED : Job.State.DONE, job.client(), job.pool(), job.started(), agenda.now(), 1, 1,
                    failed ? "it was to fail" : null, null, job.attempts() + 1, job.order(), null).of(job.policy()));
            if (!failed && job.kind() == Job.Kind.BACKUP) {
                JobOrder.Backup order = (JobOrder.Backup) JobCodecs.ORDERS.decode(job.order());
                Snapshot snapshot = new Snapshot(new SnapshotId(agenda.now().getEpochSecond(), job.id().value()), job.id(), job.pool(), job.client(), order.saveSet().name(),
                        new ChunkId(1, 2, 3, 4), null, agenda.now(), agenda.now(), 1, 1, 1, 0, new byte[0]);
                edit.putSnapshot(snapshot);
                copies.addAll(CopiesDoor.put(edit, snapshot, order.copyTo()).jobs());
            }
            return null;
        });
        give(job);
        watch.ended(job, !failed);
        begin(copies);
        wake();
    }

    /** A storage node falls out: its jobs park until it is back. */
    private void out(int node) {
        try {
            for (Running each : List.copyOf(running.values())) {
                if (each.node == node || each.other == node) {
                    running.remove(each.job.id());
                    park(each.job, nodes.backAt(node), "storage node " + node + " left");
                }
            }
            admit();
        } catch (BackupException e) {
            throw new IllegalStateException(e);
        }
    }

    /** kill −9 and a new start: what had not ended waits again. */
    void kill() throws BackupException {
        kills++;
        start();
        for (Job bare : catalog.read(view -> view.jobs(true))) {
            wait(catalog.read(view -> view.job(bare.id())).orElseThrow());
        }
        admit();
        wake();
    }

    /** An order by hand, or of the server itself. */
    void submit(JobOrder order) throws BackupException {
        begin(List.of(catalog.write(queue.prepare(order, null))));
    }

    private void wake() {
        Instant at = lastLook.equals(Instant.MIN) || lastLook.plus(pace).isBefore(agenda.now()) ? agenda.now() : lastLook.plus(pace);
        if (at.isBefore(nextLook)) {
            nextLook = at;
            agenda.at(at, () -> look(at));
        }
    }

    private void look(Instant meant) throws BackupException {
        if (!meant.equals(nextLook)) {
            return;
        }
        lastLook = agenda.now();
        nextLook = Instant.MAX;
        long begun = System.nanoTime();
        Instant next = rounds.look(agenda.now());
        looking_ns += System.nanoTime() - begun;
        looks++;
        Instant at = next.isBefore(lastLook.plus(pace)) ? lastLook.plus(pace) : next;
        if (at.isBefore(nextLook)) {
            nextLook = at;
            agenda.at(at, () -> look(at));
        }
    }

    Watch watch() {
        return watch;
    }

    String told() {
        StringBuilder told = new StringBuilder("looks %d, %.3f s each in all %.1f s; waiting now %d\n".formatted(looks, looking_ns / 1e9 / Math.max(1, looks), looking_ns / 1e9, waiting.size()));
        waits.forEach((kind, all) -> told.append("%s: %d, waited %s median, %s 99 %%, %s most\n".formatted(kind.word(), all.count(), all.at(0.5), all.at(0.99), all.at(1))));
        return told.append(watch.told()).toString();
    }
}
