package org.azekura.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PathProblem;
import org.azekura.api.RawPath;
import org.azekura.api.message.Answer;
import org.azekura.api.message.CheckBatch;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.HostReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.RestoreAnswer;
import org.azekura.api.message.RestorePoint;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;

/** A backup server that keeps what clients report, and tree frames, in memory. */
final class FakeServer implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(2);

    final AtomicInteger pagesTaken = new AtomicInteger();
    final Map<ChunkId, ByteBuffer> pages = new ConcurrentHashMap<>();
    private final Map<JobId, CompletableFuture<ClientReport>> reports = new ConcurrentHashMap<>();
    private final BlockingQueue<Conversation> joined = new LinkedBlockingQueue<>();
    final Map<JobId, List<RestorePoint>> points = new ConcurrentHashMap<>();
    private final Map<JobId, List<ClientReport.Findings>> findings = new ConcurrentHashMap<>();
    private final Map<JobId, List<ClientReport.Checked>> checked = new ConcurrentHashMap<>();
    final Map<JobId, List<ClientReport.Remarks>> remarks = new ConcurrentHashMap<>();
    /** Where else chunks of a restore lie. */
    volatile Function<RestoreQuestion, RestoreAnswer> elsewhere = question -> new RestoreAnswer.Nowhere();
    private volatile Conversation client;
    private final Transport.Listener listener;
    volatile ClientReport.Hello hello;
    volatile int progress;

    FakeServer(Transport transport) throws BackupException {
        this(transport, "server");
    }

    /** @param at where it listens */
    FakeServer(Transport transport, String at) throws BackupException {
        listener = transport.listen(at, "server/fake-" + at, this::serve);
    }

    private void serve(Connection connection) {
        CompletableFuture<Conversation> mine = new CompletableFuture<>();
        try (Conversation conversation = new Conversation(connection, message -> receive(message, mine))) {
            mine.complete(conversation);
            conversation.start();
            while (!conversation.ended().isDone()) {
                Stream stream = connection.accept(LONG);
                if (stream == null) {
                    return;
                }
                Thread.ofVirtual().start(() -> takeTrees(stream));
            }
        } catch (BackupException e) {
            System.err.println("fake server: " + e.getMessage());
        }
    }

    private Answer receive(Message message, CompletableFuture<Conversation> mine) {
        if (message instanceof HostReport.WhichServers) {
            return new Answer.Servers(List.of(), List.of(), 0);
        }
        switch ((ClientReport) message) {
            case ClientReport.Hello said -> {
                hello = said;
                mine.thenAccept(joined::add);
                return new Answer.Welcome(new ApplianceId(1, 2), new byte[0], Instant.EPOCH);
            }
            case ClientReport.Progress told -> progress++;
            case ClientReport.Findings found -> findings.computeIfAbsent(found.job(), j -> new ArrayList<>()).add(found);
            case ClientReport.Remarks some -> remarks.computeIfAbsent(some.job(), j -> new CopyOnWriteArrayList<>()).add(some);
            case ClientReport.Collected collected -> report(collected.job()).complete(collected);
            case ClientReport.Placed placed -> points.computeIfAbsent(placed.job(), j -> new ArrayList<>()).add(placed.point());
            case ClientReport.Unmounted unmounted -> report(unmounted.job()).complete(unmounted);
            case ClientReport.Rehearsed rehearsed -> report(rehearsed.job()).complete(rehearsed);
            case ClientReport.Restored restored -> report(restored.job()).complete(restored);
            case ClientReport.Checked some -> checked.computeIfAbsent(some.job(), j -> new ArrayList<>()).add(some);
            case ClientReport.JobFailed failed -> report(failed.job()).complete(failed);
        }
        return new Answer.Done();
    }

    private void takeTrees(Stream stream) {
        try (stream) {
            MessageCodec.decode(stream.receive(LONG), StreamOpening.StoreTrees.class);
            long count = 0;
            for (ByteBuffer frame = stream.receive(LONG); frame != null; frame = stream.receive(LONG)) {
                pages.put(Frame.parse(frame).header().id(), frame);
                pagesTaken.incrementAndGet();
                stream.send(MessageCodec.encode(new ChunkAnswer.Durable(++count)), LONG);
            }
            stream.endSending();
        } catch (BackupException e) {
            System.err.println("fake server: " + e.getMessage());
        }
    }

    private CompletableFuture<ClientReport> report(JobId job) {
        return reports.computeIfAbsent(job, j -> new CompletableFuture<>());
    }

    /** All that a client said of a backup. */
    record Collected(byte[] manifest, byte[] signature, List<PathProblem> problems, List<RawPath> listed) {}

    /** All that a client said of a restore. */
    record Restored(long files, long bytes, List<PathProblem> notRestored) {}

    Collected collected(JobId job) throws Exception {
        ClientReport.Collected end = await(job, ClientReport.Collected.class);
        return new Collected(end.manifest(), end.signature(), problems(job), found(job).flatMap(some -> some.listed().stream()).toList());
    }

    Restored restored(JobId job) throws Exception {
        ClientReport.Restored end = await(job, ClientReport.Restored.class);
        return new Restored(end.files(), end.bytes(), problems(job));
    }

    private List<PathProblem> problems(JobId job) {
        return found(job).flatMap(some -> some.problems().stream()).toList();
    }

    private java.util.stream.Stream<ClientReport.Findings> found(JobId job) {
        return findings.getOrDefault(job, List.of()).stream();
    }

    /** Whatever was said of this job's end so far does not count. */
    void forget(JobId job) {
        reports.remove(job);
    }

    boolean reported(JobId job) {
        return report(job).isDone();
    }

    void order(ClientOrder order) throws Exception {
        conversation().ask(order, Answer.Done.class, LONG);
    }

    /** Sends the beginning of a plan to a restore that was ordered. */
    Stream begin(JobId job, Iterable<PlannedBatch> batches) throws Exception {
        takeQuestions(job);
        Stream stream = conversation().connection().open();
        stream.send(MessageCodec.encode(new StreamOpening.RestoreBatches(job)), LONG);
        tell(stream, batches);
        return stream;
    }

    /** Sends batches to a restore that was ordered. */
    void send(JobId job, Iterable<PlannedBatch> batches) throws Exception {
        takeQuestions(job);
        try (Stream stream = conversation().connection().open()) {
            stream.send(MessageCodec.encode(new StreamOpening.RestoreBatches(job)), LONG);
            tell(stream, batches);
            stream.endSending();
            report(job).get(120, TimeUnit.SECONDS);
        }
    }

    /** Answers what a restore asks beside its batches. */
    private void takeQuestions(JobId job) throws Exception {
        Stream stream = conversation().connection().open();
        stream.send(MessageCodec.encode(new StreamOpening.RestoreQuestions(job)), LONG);
        Thread.ofVirtual().start(() -> {
            try (stream) {
                for (var frame = stream.receive(LONG); frame != null; frame = stream.receive(LONG)) {
                    stream.send(MessageCodec.encode(elsewhere.apply(MessageCodec.decode(frame, RestoreQuestion.class))), LONG);
                }
            } catch (BackupException e) {
                return; // the client is through
            }
        });
    }

    private static void tell(Stream stream, Iterable<PlannedBatch> batches) throws BackupException {
        PlanWriter writer = new PlanWriter();
        for (PlannedBatch batch : batches) {
            stream.send(MessageCodec.encode(batch.told(writer)), LONG);
        }
    }

    /** Has a check that was ordered go through these, and waits for its end. */
    List<ClientReport.Checked> check(JobId job, Iterable<CheckBatch> batches) throws Exception {
        try (Stream stream = conversation().connection().open()) {
            stream.send(MessageCodec.encode(new StreamOpening.CheckBatches(job)), LONG);
            for (CheckBatch batch : batches) {
                stream.send(MessageCodec.encode(batch), LONG);
            }
            stream.endSending();
            stream.receive(LONG);
            return checked.get(job);
        }
    }

    /** Waits for a client to join that has not been waited for before. */
    Conversation awaitNext() throws Exception {
        client = joined.poll(120, TimeUnit.SECONDS);
        return client;
    }

    Conversation conversation() throws Exception {
        return client == null ? awaitNext() : client;
    }

    /** Waits for the job's end and returns what the client said of it. */
    <R extends ClientReport> R await(JobId job, Class<R> type) throws Exception {
        ClientReport end = report(job).get(120, TimeUnit.SECONDS);
        if (!type.isInstance(end)) {
            throw new AssertionError("job " + job + " ended with " + end);
        }
        return type.cast(end);
    }

    @Override
    public void close() {
        listener.close();
    }
}
