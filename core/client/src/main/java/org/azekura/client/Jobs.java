package org.azekura.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.JobId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.client.collect.CollectJob;
import org.azekura.client.content.ContentJob;
import org.azekura.client.drill.DrillJob;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Paces;
import org.azekura.client.mount.MountJob;
import org.azekura.client.mount.OpenContents;
import org.azekura.client.mount.Shelf;
import org.azekura.client.restore.RestoreJob;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.azekura.wire.ServerTalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one connection with a server. When it is lost they end: the server begins them anew, or another that has taken over. A job that another
 * server orders while it runs here is that one's from then on.
 */
final class Jobs implements ServerTalk {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final Duration REPORT_TIME = Duration.ofMinutes(1);
    private static final Duration OPENING_TIME = Duration.ofMinutes(1);
    private static final long FILE_SECONDS = 60;
    private static final long ORDER_SECONDS = 30;
    private static final Duration END_TIME = Duration.ofSeconds(10);

    private final CollectJob.Self self;
    private final OpenContents contents;
    /** Those of all servers. */
    private final Map<JobId, Running> running;
    /** A plan can come before its order was taken in. */
    private final Map<JobId, CompletableFuture<Plan>> plans = new ConcurrentHashMap<>();
    private final Paces paces;
    /** All mounts share it: a client has one bound for its memory. */
    private final Shelf shelf = new Shelf();
    private final Conversation server;
    private final Runnable met;

    /** @param of by whose order it runs */
    record Running(Jobs of, Breaker breaker, Thread thread) {}

    /** What a job does, on a thread of its own. */
    @FunctionalInterface
    private interface Work {
        void run() throws BackupException;
    }

    /** Takes the streams that the server opens for a job, behind their openings. */
    @FunctionalInterface
    private interface Plan {
        void take(StreamOpening opening, Stream stream);
    }

    /**
     * @param paces   of the jobs of this server
     * @param running the jobs that this client has from all its servers
     * @param met     called when this client has joined the server; returns at once
     */
    Jobs(CollectJob.Self self, OpenContents contents, Paces paces, Map<JobId, Running> running, Conversation server, Runnable met) {
        this.self = self;
        this.contents = contents;
        this.paces = paces;
        this.running = running;
        this.server = server;
        this.met = met;
    }

    @Override
    public void welcomed(Answer.Welcome welcome) {
        // Tickets are looked at by storage nodes.
    }

    @Override
    public void joined() {
        // The server asks for whatever it wants.
        met.run();
    }

    @Override
    public void take(Stream stream) {
        try {
            ByteBuffer first = stream.receive(OPENING_TIME);
            StreamOpening opening = MessageCodec.decode(first == null ? ByteBuffer.allocate(0) : first, StreamOpening.class);
            plan(planned(opening)).get(ORDER_SECONDS, TimeUnit.SECONDS).take(opening, stream);
            return;
        } catch (BackupException e) {
            LOG.warn("a stream of the server: {}", e.getMessage());
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("a plan came for a job that is not running here");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stream.close();
    }

    private static JobId planned(StreamOpening opening) throws BackupException {
        return switch (opening) {
            case StreamOpening.RestoreBatches restore -> restore.job();
            case StreamOpening.RestoreQuestions restore -> restore.job();
            case StreamOpening.CheckBatches check -> check.job();
            case StreamOpening.MountQuestions mount -> mount.job();
            case StreamOpening.StoreChunks _, StreamOpening.StoreTrees _, StreamOpening.ReadChunks _, StreamOpening.ReadPack _,
                    StreamOpening.StoreCheckpoint _, StreamOpening.ReadCheckpoint _, StreamOpening.ReadManifests _, StreamOpening.ReadTrees _, StreamOpening.SendPack _,
                    StreamOpening.BringPackage _, StreamOpening.StoreRegister _, StreamOpening.ReadTreePacks _, StreamOpening.StoreAudit _, StreamOpening.ReadAudit _ ->
                throw new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, "",
                        "a client takes no stream of " + opening.getClass().getSimpleName()));
        };
    }

    private CompletableFuture<Plan> plan(JobId job) {
        return plans.computeIfAbsent(job, id -> new CompletableFuture<>());
    }

    @Override
    public Answer receive(Message message) throws BackupException {
        if (!(message instanceof ClientOrder order)) {
            throw new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, "",
                    "a client takes orders only, not " + message.getClass().getSimpleName()));
        }
        switch (order) {
            case ClientOrder.Collect collect -> collect(collect);
            case ClientOrder.Restore restore -> restore(restore);
            case ClientOrder.Drill drill -> drill(drill);
            case ClientOrder.CheckContent check -> check(check);
            case ClientOrder.Mount mount -> mount(mount);
            case ClientOrder.Limit limit -> paces.bound(limit);
            case ClientOrder.Committed committed -> commit(committed);
            case ClientOrder.Cancel cancel -> cancel(cancel.job(), cancel.goesOn());
        }
        return new Answer.Done();
    }

    /** Orders come on virtual threads, which file calls would hold up. */
    private void commit(ClientOrder.Committed committed) throws BackupException {
        FutureTask<Void> task = new FutureTask<>(() -> {
            self.caches().commit(committed.snapshot());
            return null;
        });
        Thread.ofPlatform().daemon().name("client keeps the cache of job " + committed.job()).start(task);
        try {
            task.get(FILE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw BackupException.device("client.home", self.home().toString(), "the cache of snapshot " + committed.snapshot()
                    + " cannot be kept: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void collect(ClientOrder.Collect order) throws BackupException {
        Breaker breaker = new Breaker(order.job());
        begin(order.job(), "collect", breaker, () -> new CollectJob(order, self, server, breaker, paces).run());
    }

    private void restore(ClientOrder.Restore order) throws BackupException {
        Breaker breaker = new Breaker(order.job());
        RestoreJob restore = new RestoreJob(order, self.hooks(), server, breaker, paces);
        begin(order.job(), "restore", breaker, planned(order.job(), restore::questions, restore::batches, () -> restore.run(self.transports(), self.name())));
    }

    private void drill(ClientOrder.Drill order) throws BackupException {
        Breaker breaker = new Breaker(order.job());
        DrillJob drill = new DrillJob(order, self.scratch(), server, breaker, paces);
        begin(order.job(), "drill", breaker, planned(order.job(), drill::batches, () -> drill.run(self.transports(), self.name())));
    }

    private void check(ClientOrder.CheckContent order) throws BackupException {
        Breaker breaker = new Breaker(order.job());
        ContentJob check = new ContentJob(order, server, breaker);
        begin(order.job(), "check", breaker, planned(order.job(), check::batches, () -> check.run(self.transports(), self.name())));
    }

    private void mount(ClientOrder.Mount order) throws BackupException {
        Breaker breaker = new Breaker(order.job());
        MountJob mount = new MountJob(order, self.streams(), contents, shelf, server, breaker, paces);
        begin(order.job(), "mount", breaker, planned(order.job(), mount::elsewhere, mount::questions, () -> mount.run(self.transports(), self.name())));
    }

    /** Work that takes the plan of its job, and nothing from elsewhere: what is rehearsed or checked is read where it was ordered and nowhere else. */
    private Work planned(JobId job, Consumer<Stream> batches, Work work) {
        return planned(job, Stream::close, batches, work);
    }

    private Work planned(JobId job, Consumer<Stream> elsewhere, Consumer<Stream> batches, Work work) {
        return planned(job, (opening, stream) -> (opening instanceof StreamOpening.RestoreQuestions ? elsewhere : batches).accept(stream), work);
    }

    private Work planned(JobId job, Plan plan, Work work) {
        return () -> {
            try {
                plan(job).complete(plan);
                work.run();
            } finally {
                plans.remove(job);
            }
        };
    }

    private void begin(JobId job, String what, Breaker breaker, Work work) throws BackupException {
        Running before = running.get(job);
        boolean ends = before != null && (before.of != this || before.breaker.failure() != null);
        if (before != null && before.of != this) {
            LOG.info("job={} {} was ordered by another server before, and ends there", job, what);
            before.breaker.cancel(true);
            join(before.thread);
        } else if (before != null && before.breaker.failure() != null) {
            // An attempt that has failed ends now, and the server begins the next one as soon as it has heard of that.
            join(before.thread);
        }
        Thread thread = Thread.ofPlatform().daemon().name(what + " job " + job).unstarted(() -> run(job, what, breaker, work));
        if (running.putIfAbsent(job, new Running(this, breaker, thread)) != null) {
            throw ends ? BackupException.network("job.running", job.toString(), "job " + job + " has not ended here yet as it was ordered before", null)
                    : BackupException.operator("job.running", job.toString(), "job " + job + " is running here already");
        }
        thread.start();
    }

    private void run(JobId job, String what, Breaker breaker, Work work) {
        LOG.info("job={} {} begins", job, what);
        try {
            work.run();
            LOG.info("job={} {} is done", job, what);
        } catch (BackupException | RuntimeException | Error e) {
            breaker.trip(e);
            report(job, what, breaker);
        } finally {
            running.computeIfPresent(job, (_, now) -> now.breaker == breaker ? null : now);
            paces.ended();
        }
    }

    private void report(JobId job, String what, Breaker breaker) {
        if (breaker.cancelled()) {
            LOG.info("job={} {} was cancelled", job, what);
            return;
        }
        Failure failure = breaker.failure();
        if (failure.kind() == Failure.Kind.BUG) {
            LOG.error("job={} {} failed", job, what, breaker.cause());
        } else {
            LOG.warn("job={} {} failed: {}", job, what, failure.message());
        }
        try {
            server.ask(new ClientReport.JobFailed(job, failure), Answer.Done.class, REPORT_TIME);
        } catch (BackupException e) {
            LOG.warn("job={} its failure cannot be told to the server: {}", job, e.getMessage());
        }
    }

    /** One that another server has ordered since is not this one's any more: it may be told late that it is over. */
    private void cancel(JobId job, boolean goesOn) {
        Running found = running.get(job);
        if (found != null && found.of == this) {
            found.breaker.cancel(goesOn);
        }
    }

    /** Ends all that it has ordered, and waits for that. */
    @Override
    public void close() {
        List<Running> mine = running.values().stream().filter(job -> job.of == this).toList();
        mine.forEach(job -> job.breaker.cancel(true));
        mine.forEach(job -> join(job.thread));
        paces.close();
    }

    /** It ends soon, because its breaker is open. */
    private static void join(Thread thread) {
        try {
            thread.join(END_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
