package org.azekura.server.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.RawPath;
import org.azekura.api.catalog.Job;
import org.azekura.api.catalog.JobLine;
import org.azekura.api.catalog.Offers;
import org.azekura.api.catalog.Offers.End;
import org.azekura.api.catalog.Offers.Offer;
import org.azekura.api.catalog.Pool;
import org.azekura.api.server.JobOrder;
import org.azekura.server.job.run.JobCodecs;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;
import org.azekura.server.job.run.OtherJobs;
import org.azekura.server.job.run.ProgressBoard;
import org.azekura.server.job.run.Run;
import org.azekura.server.job.run.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts that this server carries out for the one that leads. It takes those whose client and storage node it has a connection with. Thread-safe. */
public final class TakenJobs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TakenJobs.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long TELL_ms = 500;
    private static final long END_ms = 8_000;
    private static final long TAKER_ms = 4_000;
    /** How often it is looked at again how fast running jobs may be. */
    private static final int TELLS_PER_REVIEW = 10;

    private final Stage stage;
    private final JobFactory factory;
    private final Offers offers;
    private final String name;
    private final ProgressBoard board = new ProgressBoard();
    private final Map<JobId, TakenRun> runs = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread taker = Thread.ofPlatform().daemon().name("server-offers").unstarted(this::take);
    private volatile boolean takes = true;
    private volatile int atOnce = JobQueue.AT_ONCE;

    /** @param name of this server, for logs of jobs */
    public TakenJobs(Stage stage, JobFactory factory, Offers offers, String name) {
        this.stage = stage;
        this.factory = factory;
        this.offers = offers;
        this.name = name;
    }

    /** Begins to take what is offered. */
    public void open() {
        taker.start();
        Thread.ofPlatform().daemon().name("server-offers-told").start(this::tell);
    }

    /** So many at a time from now on. */
    public void atOnce(int most) {
        atOnce = most;
    }

    private boolean isWanted(Offer offer) {
        return takes && runs.size() < atOnce && !runs.containsKey(offer.job()) && stage.hosts().isConnected(offer.client()) && stage.hosts().isConnected(offer.node());
    }

    private void take() {
        boolean troubled = false;
        while (takes) {
            try {
                Optional<Offer> taken = offers.take(this::isWanted, PATIENCE);
                if (takes) {
                    taken.ifPresent(this::begin);
                } else {
                    taken.ifPresent(offer -> end(offer, new End.Returned("server " + name + " stops")));
                }
                troubled = false;
            } catch (BackupException | RuntimeException e) {
                if (!troubled) {
                    log.warn("what the server that leads offers can't be seen: {}", e.getMessage());
                }
                troubled = true;
                isClosedWithin(PATIENCE.toMillis());
            }
        }
    }

    private boolean isClosedWithin(long ms) {
        try {
            return closed.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void begin(Offer offer) {
        try {
            Job job = stage.catalog().read(view -> view.job(offer.job())).orElseThrow(() -> BackupException.operator("job.unknown", offer.job().toString(), "there is no job " + offer.job()));
            if (job.attempts() != offer.attempt() || job.state() != Job.State.RUNNING && job.state() != Job.State.PAUSED) {
                throw BackupException.operator(Obstacle.OFFER_GONE, offer.job().toString(), "job " + offer.job() + " is " + job.state().word() + " in attempt " + job.attempts() + ", not in " + offer.attempt());
            }
            JobRecord record = new JobRecord(stage.catalog(), board, job.waiting(Job.State.RUNNING, null));
            Checked checked = factory.find(JobCodecs.ORDERS.decode(job.order()));
            stage.vault().renew();
            requireKeys(checked);
            stage.clock().follow();
            Run run = factory.run(checked, record, new Others(targets()), false);
            TakenRun taken = new TakenRun(offer, record, run, this::ended);
            record.line(JobLine.Level.INFO, "server " + name + " carries it out");
            runs.put(offer.job(), taken);
            taken.start();
            if (!takes) {
                taken.stop(stops()); // who ends them may have looked before it was there
            }
        } catch (BackupException | RuntimeException e) {
            end(offer, new End.Returned(e.getMessage()));
        }
    }

    /** A pool that was made after the other server got its keys has one that it lacks. */
    private void requireKeys(Checked checked) throws BackupException {
        if (checked instanceof Checked.Restore restore) {
            stage.vault().keys(restore.from());
        } else if (checked instanceof Checked.Backup backup) {
            Pool pool = backup.into().choose(null).pool();
            if (!stage.vault().canFill(pool)) {
                throw BackupException.operator("key.missing", pool.name().value(), "no key of pool " + pool.name() + " is here");
            }
        }
    }

    private void ended(TakenRun run, End end) {
        runs.remove(run.offer().job(), run);
        end(run.offer(), end);
    }

    /** Until it is said, or nobody wants to hear it of this server any more. */
    private void end(Offer offer, End end) {
        do {
            try {
                offers.end(offer, end);
                return;
            } catch (BackupException | RuntimeException e) {
                log.debug("job={} its end can't be told: {}", offer.job(), e.getMessage());
            }
        } while (!isClosedWithin(TELL_ms));
        log.warn("job={} its end could not be told: who leads finds it out", offer.job());
    }

    private void tell() {
        for (int tells = 0; !isClosedWithin(TELL_ms); tells++) {
            runs.values().forEach(this::tell);
            if (!runs.isEmpty() && tells % TELLS_PER_REVIEW == 0) {
                review();
            }
        }
    }

    /** Whatever goes wrong with one is no reason to hear of none any more how it is to end. */
    private void tell(TakenRun run) {
        try {
            run.tell(offers);
        } catch (BackupException e) {
            if (e.failure().code().equals("offer.gone")) {
                run.stop(e);
            }
            log.debug("job={} how far it is can't be told: {}", run.offer().job(), e.getMessage());
        } catch (RuntimeException e) {
            log.error("job={} how far it is can't be told, by a fault of ours", run.offer().job(), e);
        }
    }

    private void review() {
        try {
            factory.limitsChanged();
        } catch (RuntimeException e) {
            log.error("how fast jobs may be was not looked at, by a fault of ours", e);
        }
    }

    /** @throws BackupException {@code job.unknown} if it is not carried out here */
    Run running(JobId id) throws BackupException {
        TakenRun run = runs.get(id);
        if (run == null) {
            throw BackupException.operator("job.unknown", id.toString(), "job " + id + " does not run on this server");
        }
        return run.run();
    }

    boolean isHere(JobId id) {
        return runs.containsKey(id);
    }

    /** A client is gone: what it did here can't go on. */
    void left(ClientName client) {
        for (TakenRun run : runs.values()) {
            if (client.equals(run.run().client())) {
                run.stop(BackupException.network(Obstacle.CLIENT_LEFT, client.value(), "client " + client + " left while its job ran", null));
            }
        }
    }

    /** What restores fill just now, on whichever server they are. */
    private Map<ClientName, List<RawPath>> targets() throws BackupException {
        return stage.catalog().read(view -> {
            Map<ClientName, List<RawPath>> targets = new ConcurrentHashMap<>();
            for (Job listed : view.jobs(true)) {
                Optional<Job> job = listed.kind() == Job.Kind.RESTORE ? view.job(listed.id()) : Optional.empty();
                if (job.isPresent() && JobCodecs.ORDERS.decode(job.get().order()) instanceof JobOrder.Restore restore && !restore.dryRun() && job.get().client() != null) {
                    targets.computeIfAbsent(job.get().client(), client -> new ArrayList<>()).add(restore.target());
                }
            }
            return targets;
        });
    }

    /** Pages of jobs are asked for by prunes alone, and those run where the lead is: of what is here they know by the catalog. */
    private record Others(Map<ClientName, List<RawPath>> filled) implements OtherJobs {

        @Override
        public List<RawPath> targets(ClientName client) {
            return filled.getOrDefault(client, List.of());
        }

        @Override
        public boolean reliesOnEarlierPages() {
            return false;
        }

        @Override
        public void pages(Consumer<List<ChunkId>> taker) {}
    }

    /** Takes nothing more and ends what is under way, within some seconds. */
    @Override
    public void close() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_ms);
        takes = false;
        joinTaker();
        List<TakenRun> last = List.copyOf(runs.values());
        last.forEach(run -> run.stop(stops()));
        last.forEach(run -> run.join((end - System.nanoTime()) / 1_000_000));
        closed.countDown();
    }

    private BackupException stops() {
        return BackupException.network(Obstacle.SERVER_GONE, name, "server " + name + " stops, which carried it out", null);
    }

    /** It has begun what it took, or given it back; behind that nothing more comes. */
    private void joinTaker() {
        try {
            taker.join(TAKER_ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
