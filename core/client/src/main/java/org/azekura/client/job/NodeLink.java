package org.azekura.client.job;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Failure;
import org.azekura.api.message.Answer;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeAccess;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.wire.Conversation;
import org.azekura.wire.MessageCodec;
import org.azekura.wire.Peers;
import org.azekura.wire.Transports;

/** A job's connection with its storage node. */
public final class NodeLink implements AutoCloseable {

    private static final Duration DIAL_TIME = Duration.ofSeconds(30);
    /** A medium may have to be loaded first. */
    private static final Duration OPEN_TIME = Duration.ofMinutes(15);
    private static final Duration SEND_TIME = Duration.ofMinutes(10);

    private final Conversation conversation;

    private NodeLink(Conversation conversation) {
        this.conversation = conversation;
    }

    /**
     * Connects, and waits until the node lets this client work for the job that its ticket names.
     *
     * @throws BackupException {@code node.unreachable}; {@code peer.name}, {@code ticket.*}, {@code transport.*}
     */
    public static NodeLink open(Transports transports, NodeAccess node, ClientName self, Breaker breaker) throws BackupException {
        Connection connection = dial(transports, node, self);
        Peers.require(connection, "node/" + node.node());
        NodeLink link = new NodeLink(new Conversation(connection, NodeLink::refuse).start());
        breaker.onTrip(link::close);
        link.ask(new NodeRequest.OpenJob(node.ticket()), Answer.Done.class, OPEN_TIME);
        return link;
    }

    private static Connection dial(Transports transports, NodeAccess node, ClientName self) throws BackupException {
        try {
            return transports.dial(node.endpoint(), "client/" + self, DIAL_TIME);
        } catch (BackupException e) {
            if (!e.failure().code().equals("transport.unreachable")) {
                throw e;
            }
            throw BackupException.network("node.unreachable", node.node().value(), "client " + self + " can't reach storage node " + node.node() + ": "
                    + e.getMessage() + "; one of the two has to reach the other: open that way, or have the node dial the client (azekura client address)", e);
        }
    }

    private static Answer refuse(Message message) throws BackupException {
        throw new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, "",
                "a storage node asks nothing of a client, but it did: " + message.getClass().getSimpleName()));
    }

    public <A extends Answer> A ask(Message message, Class<A> type, Duration timeout) throws BackupException {
        return conversation.ask(message, type, timeout);
    }

    /** As {@link Conversation#askAsync(Message, Class, Duration)}. */
    public <A extends Answer> CompletableFuture<A> askAsync(Message message, Class<A> type, Duration timeout) {
        return conversation.askAsync(message, type, timeout);
    }

    /** Opens a data stream that begins with this. */
    public Stream stream(StreamOpening opening) throws BackupException {
        return open(conversation, opening);
    }

    /** Opens a data stream that begins with this, on any conversation. */
    public static Stream open(Conversation with, StreamOpening opening) throws BackupException {
        Stream stream = with.connection().open();
        stream.send(MessageCodec.encode(opening), SEND_TIME);
        return stream;
    }

    @Override
    public void close() {
        conversation.close();
    }
}
