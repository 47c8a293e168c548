package org.azekura.storagenode.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;
import org.azekura.api.NodeName;
import org.azekura.api.message.Answer;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.Ticket;
import org.azekura.engine.volume.SigningKey;
import org.azekura.wire.MessageCodec;

/**
 * Looks at the tickets that clients present. The time is the server's, as it was told when the node joined and counted on from there: no
 * clock of this host matters. A ticket from before that is worth nothing any more, since all jobs ended then; so only what was used since
 * is remembered, and of that only what has not expired. Safe for any number of threads.
 */
public final class TicketCheck {

    /** A ticket has some 300 bytes. */
    private static final int MAX_BYTES = 4096;
    private static final Duration WELCOME = Duration.ofSeconds(30);

    private final NodeName self;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();
    /** Nonces that have opened a connection, with when their tickets expire. */
    private final Map<ByteBuffer, Instant> used = new HashMap<>();
    private Term term;

    /** Since a server has welcomed this node. {@code at}: by {@link #nanos} */
    private record Term(byte[] key, Instant begun, long at) {}

    /** @param nanos as {@link System#nanoTime} */
    public TicketCheck(NodeName self, LongSupplier nanos) {
        this.self = self;
        this.nanos = nanos;
    }

    /** The node has joined its server. */
    public void joined(Answer.Welcome welcome) {
        lock.lock();
        try {
            term = new Term(welcome.ticketKey(), welcome.now(), nanos.getAsLong());
            used.clear();
            joined.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a ticket: it opens nothing a second time, whatever becomes of the connection.
     *
     * @param peer who presents it, as the transport knows it
     * @throws BackupException {@code ticket.forged}, {@code ticket.foreign}, {@code ticket.expired}, {@code ticket.used}
     */
    public Ticket take(SignedTicket signed, String peer) throws BackupException {
        Term now = term();
        if (signed == null || signed.ticket() == null || signed.ticket().length > MAX_BYTES
                || !SigningKey.verify(now.key, SignedTicket.signed(signed.ticket()), signed.signature())) {
            throw BackupException.operator("ticket.forged", peer, "the ticket of " + peer + " is none that this storage node's server has signed");
        }
        Ticket ticket = MessageCodec.decode(ByteBuffer.wrap(signed.ticket()), Ticket.class);
        if (!ticket.node().equals(self) || !peer.equals("client/" + ticket.holder())) {
            throw BackupException.operator("ticket.foreign", peer, "the ticket of " + peer + " is for another storage node or another client");
        }
        use(ticket, now);
        return ticket;
    }

    private Term term() throws BackupException {
        lock.lock();
        try {
            long left = WELCOME.toNanos();
            while (term == null) {
                if (left <= 0) {
                    throw BackupException.network("server.offline", self.value(), "storage node " + self + " has not found its server within "
                            + WELCOME.toSeconds() + " s, and takes no ticket without", null);
                }
                left = joined.awaitNanos(left);
            }
            return term;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", self.value(), "interrupted while storage node " + self + " waited for its server", e);
        } finally {
            lock.unlock();
        }
    }

    private void use(Ticket ticket, Term since) throws BackupException {
        Instant now = since.begun.plusNanos(nanos.getAsLong() - since.at);
        lock.lock();
        try {
            used.values().removeIf(now::isAfter);
            if (ticket.issued().isBefore(since.begun) || now.isAfter(ticket.expires())) {
                throw BackupException.network("ticket.expired", ticket.job().toString(), "the ticket for job " + ticket.job() + " is no longer good;"
                        + " the server gives another when it begins the job again", null);
            }
            if (used.putIfAbsent(ByteBuffer.wrap(ticket.nonce()), ticket.expires()) != null) {
                throw BackupException.operator("ticket.used", ticket.job().toString(), "the ticket for job " + ticket.job()
                        + " has opened a connection before; it opens no second one");
            }
        } finally {
            lock.unlock();
        }
    }
}
