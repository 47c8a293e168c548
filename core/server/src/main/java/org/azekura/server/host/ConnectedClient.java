package org.azekura.server.host;

import java.time.Duration;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Endpoint;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.wire.Conversation;

/** A client that has said hello. */
public final class ConnectedClient {

    private final ClientName name;
    private final byte[] signingKey;
    private final Connection connection;
    private final Conversation conversation;
    private final Endpoint calledAt;

    /** @param calledAt where it was dialled, null if it dialled */
    ConnectedClient(ClientName name, byte[] signingKey, Connection connection, Conversation conversation, Endpoint calledAt) {
        this.name = name;
        this.signingKey = signingKey;
        this.connection = connection;
        this.conversation = conversation;
        this.calledAt = calledAt;
    }

    public ClientName name() {
        return name;
    }

    /** The scheme of the transport that it came by. */
    String scheme() {
        return connection.scheme();
    }

    /** Whether it is another process than this. */
    public boolean isElsewhere() {
        return !host().isEmpty();
    }

    /** From where it comes; empty if it is this process. */
    String host() {
        return connection.host();
    }

    /** Where it is dialled, for it may not dial; else empty. */
    Optional<Endpoint> calledAt() {
        return Optional.ofNullable(calledAt);
    }

    /** The Ed25519 public key that signs its manifests. */
    public byte[] signingKey() {
        return signingKey;
    }

    /** Gives an order; returns when the client has begun it. */
    public void order(ClientOrder order, Duration timeout) throws BackupException {
        conversation.ask(order, Answer.Done.class, timeout);
    }

    /** Opens a data stream to the client. */
    public Stream open() throws BackupException {
        return connection.open();
    }

    void close() {
        connection.close();
    }
}
