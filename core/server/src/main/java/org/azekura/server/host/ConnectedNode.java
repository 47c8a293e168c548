package org.azekura.server.host;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.Endpoint;
import org.azekura.api.NodeName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.wire.Conversation;

/** A storage node that has said hello. */
public final class ConnectedNode {

    private final NodeName name;
    private final Endpoint endpoint;
    private final Connection connection;
    private final Conversation conversation;

    ConnectedNode(NodeName name, Endpoint endpoint, Connection connection, Conversation conversation) {
        this.name = name;
        this.endpoint = endpoint;
        this.connection = connection;
        this.conversation = conversation;
    }

    public NodeName name() {
        return name;
    }

    /** Where clients reach it. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Gives an order and waits for its answer. */
    public <A extends Answer> A ask(NodeOrder order, Class<A> answer, Duration timeout) throws BackupException {
        return conversation.ask(order, answer, timeout);
    }

    /** Opens a data stream to the node. */
    public Stream open() throws BackupException {
        return connection.open();
    }

    void close() {
        connection.close();
    }
}
