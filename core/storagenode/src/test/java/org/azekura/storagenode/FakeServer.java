package org.azekura.storagenode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.message.Answer;
import org.azekura.api.message.HostReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.api.transport.Transport;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;

/** A server that orders what a test wants and notes what it is told. */
final class FakeServer implements AutoCloseable {

    static final ApplianceId APPLIANCE = new ApplianceId(7, 7);
    private static final Duration LONG = Duration.ofMinutes(2);

    /** What is done with a report before it is answered. */
    interface OnPack {
        void written(NodeReport.PackWritten report) throws BackupException;
    }

    final List<NodeReport.PackWritten> packs = new CopyOnWriteArrayList<>();
    final BlockingQueue<NodeReport.Hello> hellos = new LinkedBlockingQueue<>();
    final BlockingQueue<NodeReport.Power> power = new LinkedBlockingQueue<>();
    private final BlockingQueue<NodeReport.PoolPaused> pauses = new LinkedBlockingQueue<>();
    final List<String> steps = new CopyOnWriteArrayList<>();
    volatile long epoch;
    volatile OnPack onPack = report -> {};
    private final Transport.Listener listener;
    private volatile Conversation node;

    FakeServer(Transport transport) throws BackupException {
        this(transport, "server");
    }

    /** @param at where it listens */
    FakeServer(Transport transport, String at) throws BackupException {
        listener = transport.listen(at, "server/fake-" + at, this::accept);
    }

    private void accept(Connection connection) {
        // There before its hello is: who has awaited the node gives it orders.
        node = new Conversation(connection, this::receive);
        node.start();
    }

    /** What was told of cartridges, as it came. */
    final List<NodeReport.OfMedia> media = new CopyOnWriteArrayList<>();

    private Answer receive(Message message) throws BackupException {
        if (message instanceof NodeReport report) {
            return switch (report) {
                case NodeReport.Hello hello -> {
                    hellos.add(hello);
                    yield TestTickets.welcome();
                }
                case NodeReport.PackWritten pack -> {
                    onPack.written(pack);
                    packs.add(pack);
                    yield new Answer.Done();
                }
                case NodeReport.DriverStep step -> {
                    steps.add(step.line());
                    yield new Answer.Done();
                }
                case NodeReport.Power told -> {
                    power.add(told);
                    yield new Answer.Done();
                }
                case NodeReport.PowerGone gone -> new Answer.Done();
                case NodeReport.PoolPaused paused -> {
                    pauses.add(paused);
                    yield new Answer.Done();
                }
                case NodeReport.VolumeWanted wanted -> throw BackupException.operator("media.none", wanted.pool().value(), "no cartridge for pool "
                        + wanted.pool());
                case NodeReport.OfMedia told -> {
                    media.add(told);
                    yield new Answer.Done();
                }
            };
        }
        if (message instanceof HostReport.WhichServers) {
            return new Answer.Servers(List.of(), List.of(), epoch);
        }
        throw new IllegalStateException("unexpected: " + message);
    }

    NodeReport.Hello awaitNode() throws InterruptedException {
        NodeReport.Hello hello = hellos.poll(120, TimeUnit.SECONDS);
        if (hello == null) {
            throw new AssertionError("no node came");
        }
        return hello;
    }

    /** The next of them, as they come. */
    List<NodeReport.PoolPaused> pauses(int count) throws InterruptedException {
        List<NodeReport.PoolPaused> came = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            came.add(pauses.poll(120, TimeUnit.SECONDS));
        }
        return came;
    }

    <A extends Answer> A order(NodeOrder order, Class<A> type) throws BackupException {
        return node.ask(order, type, LONG);
    }

    void done(NodeOrder order) throws BackupException {
        order(order, Answer.Done.class);
    }

    /** A data stream to the node that begins with this. */
    Stream stream(StreamOpening opening) throws BackupException {
        Stream stream = node.connection().open();
        stream.send(MessageCodec.encode(opening), LONG);
        return stream;
    }

    void hangUp() {
        node.close();
    }

    @Override
    public void close() {
        listener.close();
        node.close();
    }
}
