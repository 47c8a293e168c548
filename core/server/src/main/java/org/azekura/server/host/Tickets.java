package org.azekura.server.host;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.azekura.api.ApplianceId;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.Client;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeAccess;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.Ticket;
import org.azekura.engine.volume.SigningKey;
import org.azekura.wire.MessageCodec;

/**
 * Gives clients the tickets that storage nodes ask for. Their times are counted from the start of this server on, so that a clock that is
 * set, or a retention time that is confirmed, makes none older or younger. Safe for any number of threads.
 */
public final class Tickets {

    /** A client opens its connection when its plan has come, or a stream, and a medium may have to be loaded first: 15 minutes, and some more. */
    static final Duration LIFE = Duration.ofMinutes(20);

    private final SigningKey signer;
    private final CatalogStore catalog;
    private final InstantSource steady;
    private final SecureRandom random = new SecureRandom();

    /** @param steady a clock that never jumps: storage nodes count along by their own */
    public Tickets(SigningKey signer, CatalogStore catalog, InstantSource steady) {
        this.signer = signer;
        this.catalog = catalog;
        this.steady = steady;
    }

    /** What a role is told that joins. Before the first ticket for it. */
    public Answer.Welcome welcome(ApplianceId appliance) {
        return new Answer.Welcome(appliance, signer.publicKey(), steady.instant());
    }

    /** Lets a client store what is this owner's. */
    public NodeAccess store(JobId job, PoolName pool, ConnectedClient holder, Client owner, ConnectedNode node) throws BackupException {
        return access(holder, node, ticket(Ticket.Direction.STORE, job, pool, holder.name(), owner, node, quota(owner.name())));
    }

    /** Lets a client read what is this owner's. */
    public NodeAccess read(JobId job, PoolName pool, ConnectedClient holder, Client owner, ConnectedNode node) throws BackupException {
        return access(holder, node, ticket(Ticket.Direction.READ, job, pool, holder.name(), owner, node, null));
    }

    /** Lets a client read every pack, to look at its content. */
    public NodeAccess check(JobId job, PoolName pool, ConnectedClient holder, ConnectedNode node) throws BackupException {
        return access(holder, node, ticket(Ticket.Direction.CHECK, job, pool, holder.name(), null, node, null));
    }

    private Ticket ticket(Ticket.Direction direction, JobId job, PoolName pool, ClientName holder, Client owner, ConnectedNode node, Quota quota) {
        byte[] nonce = new byte[Ticket.NONCE_BYTES];
        random.nextBytes(nonce);
        Instant now = steady.instant();
        return new Ticket(job, nonce, holder, owner == null ? null : owner.name(), node.name(), pool, direction,
                owner == null ? null : owner.trustGroup(), quota == null ? Quota.NONE : quota.limit(), quota == null ? Quota.NONE : quota.left(), now,
                now.plus(LIFE));
    }

    private NodeAccess access(ConnectedClient holder, ConnectedNode node, Ticket ticket) throws BackupException {
        ByteBuffer encoded = MessageCodec.encode(ticket);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return new NodeAccess(node.name(), node.reachedBy(holder), new SignedTicket(bytes, signer.sign(SignedTicket.signed(bytes))));
    }

    private Quota quota(ClientName client) throws BackupException {
        return catalog.read(view -> view.boundedQuota(client)).orElse(new Quota(client, Quota.NONE, 0));
    }

    /** @throws BackupException {@code quota.exceeded} if more than its quota is stored of this client by now */
    public void requireQuota(ClientName client) throws BackupException {
        quota(client).require();
    }
}
