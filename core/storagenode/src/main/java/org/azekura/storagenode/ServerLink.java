package org.azekura.storagenode;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.storagenode.driver.NodeDeviceUse;
import org.azekura.storagenode.job.JobPacks;
import org.azekura.wire.Conversation;
import org.azekura.wire.Peers;
import org.azekura.wire.Renewal;
import org.azekura.wire.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps up the connection with the server: dials with growing pauses until it is there, and again after a loss. */
final class ServerLink implements JobPacks.Reports, NodeDeviceUse.Told {

    private static final Duration DIAL = Duration.ofSeconds(10);
    private static final Duration HELLO = Duration.ofSeconds(30);
    private static final Duration REPORT = Duration.ofSeconds(60);
    /** The server looks what lies in the library first. */
    private static final Duration CHOICE = Duration.ofMinutes(2);
    private static final Duration TOLD = Duration.ofSeconds(5);
    private static final Duration STREAM_WAIT = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

    private final NodeName self;
    private final Transports transports;
    private final Endpoint server;
    private final Transports.Offer clients;
    private final String version;
    private final Renewal renewal;
    private final Consumer<Answer.Welcome> joined;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Conversation conversation;
    /** The conversation that was welcomed, null if none is; guarded by {@link #closed}'s lock. */
    private Conversation welcomed;
    /** The last of what was told of pauses and steps; guarded by this. */
    private CompletableFuture<?> story = CompletableFuture.completedFuture(null);
    /** Of the thread that dials. */
    private String told = "";

    /**
     * @param server  where it is
     * @param clients where clients reach the node
     * @param joined  told of each welcome
     * @param renewal of this host's certificate, null if there is nothing to do
     */
    ServerLink(NodeName self, Transports transports, Endpoint server, Transports.Offer clients, String version, Consumer<Answer.Welcome> joined,
            Renewal renewal) {
        this.renewal = renewal;
        this.self = self;
        this.transports = transports;
        this.server = server;
        this.clients = clients;
        this.version = version;
        this.joined = joined;
    }

    void start(NodeOrders orders) {
        Thread.ofVirtual().name("node " + self + " and the server").start(() -> run(orders));
    }

    private void run(NodeOrders orders) {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed.await(0, TimeUnit.MILLISECONDS)) {
                if (talk(orders)) {
                    pause = FIRST_PAUSE;
                }
                closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                // who waits to be called need not pause as well
                boolean waits = server.transport().equals(Transports.AWAIT);
                pause = waits ? FIRST_PAUSE : pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until the connection ends; false if there was none. */
    private boolean talk(NodeOrders orders) throws InterruptedException {
        try (Conversation talk = new Conversation(dial(), orders::receive)) {
            conversation = talk;
            if (closed.getCount() == 0) {
                return false;
            }
            Answer.Welcome welcome = talk.start().ask(hello(), Answer.Welcome.class, HELLO);
            joined.accept(welcome);
            told = "";
            welcomed(talk);
            LOG.info("node {} has joined the server at {}", self, server);
            if (renewal != null) {
                renewal.keep(talk, "node/" + self, welcome.now());
            }
            Thread.ofVirtual().name("node " + self + " streams of the server").start(() -> takeStreams(talk, orders));
            talk.ended().get();
            LOG.info("node {} has lost the server", self);
            return true;
        } catch (BackupException e) {
            // once for each reason: the server may be away for days
            if (!e.getMessage().equals(told)) {
                told = e.getMessage();
                LOG.info("node {} cannot join the server at {} yet: {}", self, server, told);
            }
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            conversation = null;
            welcomed(null);
            orders.endAll();
        }
    }

    private void welcomed(Conversation talk) {
        synchronized (closed) {
            welcomed = talk;
            closed.notifyAll();
        }
    }

    /** Null if the server has not been joined. */
    Conversation standing() {
        synchronized (closed) {
            return welcomed;
        }
    }

    /** Waits until the server is joined by another conversation than this one. @return false if it is not by then */
    boolean awaitAnew(Conversation before, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (closed) {
            for (long left = end - System.nanoTime(); (welcomed == null || welcomed == before) && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(closed, left);
            }
            return welcomed != null && welcomed != before;
        }
    }

    private Connection dial() throws BackupException {
        Connection connection = transports.dial(server, "node/" + self, DIAL);
        Peers.requireServer(connection);
        return connection;
    }

    private NodeReport.Hello hello() {
        return new NodeReport.Hello(self, clients.endpoints(), version);
    }

    /** The server's host as this node reaches it; empty if it is in this process, or not connected. */
    String host() {
        Conversation talk = conversation;
        return talk == null ? "" : talk.connection().host();
    }

    /** Tells the server, if it is there, where clients reach the node; another time it is told when it comes. */
    void greet() {
        Conversation talk = conversation;
        if (talk != null) {
            talk.askAsync(hello(), HELLO).whenComplete((answer, failure) -> {
                if (failure != null) {
                    LOG.debug("node {} could not tell the server where it is: {}", self, failure.getMessage());
                }
            });
        }
    }

    /** Ends with the connection: hours without a stream say nothing about it. */
    private void takeStreams(Conversation talk, NodeOrders orders) {
        while (!talk.ended().isDone()) {
            try {
                Stream stream = talk.connection().accept(STREAM_WAIT);
                if (stream == null) {
                    return;
                }
                Thread.ofVirtual().name("node " + self + " stream of the server").start(() -> orders.stream(stream));
            } catch (BackupException e) {
                if (!e.failure().code().equals("transport.timeout")) {
                    LOG.debug("node {}: no more data streams of the server: {}", self, e.getMessage());
                    return;
                }
            }
        }
    }

    @Override
    public void paused(PoolName pool, String why) {
        tell(new NodeReport.PoolPaused(pool, why));
    }

    /** A server that is away learns where packs lie when it lists them. */
    void placed(NodeReport.PacksPlaced report) {
        tell(report);
    }

    /** Waits for the server's choice. */
    PoolAnswer.VolumeChosen next(NodeReport.VolumeWanted wanted) throws BackupException {
        return required("to ask for a cartridge for pool " + wanted.pool()).ask(wanted, PoolAnswer.VolumeChosen.class, CHOICE);
    }

    /** Waits until the catalog has it. */
    void labelled(NodeReport.VolumeLabelled report) throws BackupException {
        required("to report volume " + report.label()).ask(report, Answer.Done.class, REPORT);
    }

    /** One that is away learns it when it opens the pool. */
    void changed(NodeReport.VolumeState report) {
        tell(report);
    }

    private Conversation required(String what) throws BackupException {
        Conversation talk = conversation;
        if (talk == null) {
            throw BackupException.network("transport.closed", "server", "there is no connection to the server " + what, null);
        }
        return talk;
    }

    @Override
    public void step(String line) {
        tell(new NodeReport.DriverStep(line));
    }

    /** One after the other; a server that is away need not know, for it has no running job here. */
    private synchronized void tell(NodeReport report) {
        Conversation talk = conversation;
        if (talk != null) {
            story = story.handle((answer, failure) -> null).thenCompose(before -> talk.askAsync(report, HELLO)).whenComplete((answer, failure) -> {
                if (failure != null) {
                    LOG.warn("the server does not know: {}: {}", report, failure.getMessage());
                }
            });
        }
    }

    /** Tells it, if it is there, behind what it was told before, and waits for its answer. @return whether it knows */
    boolean tellNow(NodeReport report) {
        awaitTold();
        Conversation talk = standing();
        if (talk == null) {
            return false;
        }
        try {
            talk.ask(report, Answer.Done.class, TOLD);
            return true;
        } catch (BackupException e) {
            LOG.warn("the server does not know: {}: {}", report, e.getMessage());
            return false;
        }
    }

    /** Waits until the server has heard of all pauses and steps so far; one that is slow to hear of them gets its other answers all the same. */
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
            LOG.debug("node {}: the server has not heard all: {}", self, e.toString());
        }
    }

    @Override
    public void packWritten(NodeReport.PackWritten report) throws BackupException {
        required("to report pack " + report.pack()).ask(report, Answer.Done.class, REPORT);
    }

    void close() {
        closed.countDown();
        Conversation talk = conversation;
        if (talk != null) {
            talk.close();
        }
    }
}
