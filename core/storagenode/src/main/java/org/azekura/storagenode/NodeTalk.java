package org.azekura.storagenode;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeReport;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.job.JobPacks;
import org.azekura.wire.Conversation;
import org.azekura.wire.ServerLink;
import org.azekura.wire.ServerTalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this node has to do with one server as long as one connection lasts: what is ordered by it, and what it is told. */
final class NodeTalk implements ServerTalk, JobPacks.Reports {

    private static final Duration REPORT = Duration.ofSeconds(60);
    private static final Duration STORY = Duration.ofSeconds(30);
    private static final Duration TOLD = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(NodeTalk.class);

    private final ServerLink link;
    private final Conversation conversation;
    private final NodeServers servers;
    private final NodeRooms rooms;
    private final NodeOrders orders;
    /** When it had which pool opened, by a count of such orders. */
    private final Map<PoolName, Long> opened = new ConcurrentHashMap<>();
    /** The last of what was told of pauses and steps; guarded by this. */
    private CompletableFuture<?> story = CompletableFuture.completedFuture(null);

    NodeTalk(ServerLink link, Conversation conversation, NodeServers servers, NodeRooms rooms) {
        this.link = link;
        this.conversation = conversation;
        this.servers = servers;
        this.rooms = rooms;
        this.orders = new NodeOrders(rooms, this);
    }

    @Override
    public void welcomed(Answer.Welcome welcome) {
        servers.welcomed(link, welcome);
    }

    @Override
    public void joined() {
        servers.joined();
    }

    @Override
    public Answer receive(Message message) throws BackupException {
        return orders.receive(message);
    }

    @Override
    public void take(Stream stream) {
        orders.stream(stream);
    }

    @Override
    public void close() {
        rooms.work().endAll(this);
        rooms.drivers().forget(this);
    }

    /** Its host as this node reaches it; empty if it is in this process. */
    String host() {
        return conversation.connection().host();
    }

    void opened(PoolName pool) {
        opened.put(pool, servers.count());
    }

    /** 0: it has not had it opened. */
    long openedAt(PoolName pool) {
        return opened.getOrDefault(pool, 0L);
    }

    @Override
    public void packWritten(NodeReport.PackWritten report) throws BackupException {
        ask(report, Answer.Done.class, REPORT);
    }

    <A extends Answer> A ask(NodeReport report, Class<A> type, Duration patience) throws BackupException {
        return conversation.ask(report, type, patience);
    }

    /** One after the other. */
    synchronized void tell(NodeReport report) {
        story = story.handle((answer, failure) -> null).thenCompose(before -> conversation.askAsync(report, STORY)).whenComplete((answer, failure) -> {
            if (failure != null) {
                LOG.warn("{} does not know: {}: {}", this, report, failure.getMessage());
            }
        });
    }

    /** Tells it behind what it was told before, and waits for its answer. @return whether it knows */
    boolean tellNow(NodeReport report) {
        awaitTold();
        try {
            conversation.ask(report, Answer.Done.class, TOLD);
            return true;
        } catch (BackupException e) {
            LOG.warn("{} does not know: {}: {}", this, report, e.getMessage());
            return false;
        }
    }

    /** Waits until it has heard of all pauses and steps so far; one that is slow to hear of them gets its other answers all the same. */
    void awaitTold() {
        CompletableFuture<?> last;
        synchronized (this) {
            last = story;
        }
        try {
            last.get(TOLD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("{} has not heard all: {}", this, e.toString());
        }
    }

    /** Tells it where clients reach this node. */
    void greet(NodeReport.Hello hello) {
        conversation.askAsync(hello, STORY).whenComplete((answer, failure) -> {
            if (failure != null) {
                LOG.debug("{} could not be told where this node is: {}", this, failure.getMessage());
            }
        });
    }

    @Override
    public String toString() {
        return conversation.connection().peer();
    }
}
