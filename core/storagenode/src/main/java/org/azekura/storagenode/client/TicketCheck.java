package org.azekura.storagenode.client;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
 * Looks at the tickets that clients present. The time is that of the server which gave it, as it was told when the node joined that one and counted on from there:
 * no clock of this host matters. A ticket from before that is worth nothing any more, since all jobs of that server ended then. What was used is remembered until it
 * expires, whichever server it was from. Safe for any number of threads.
 */
public final class TicketCheck {

    /** A ticket has some 300 bytes. */
    private static final int MAX_BYTES = 4096;
    private static final Duration WELCOME = Duration.ofSeconds(30);

    private final NodeName self;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition joined = lock.newCondition();
    /** Nonces that have opened a connection, with when their tickets expire, by {@link #nanos}. */
    private final Map<ByteBuffer, Long> used = new HashMap<>();
    /** By server, each since it has welcomed this node last. */
    private final Map<Object, Term> terms = new LinkedHashMap<>();

    /** Since a server has welcomed this node. {@code at}: by {@link #nanos} */
    private record Term(byte[] key, Instant begun, long at) {

        Instant time(long nanos) {
            return begun.plusNanos(nanos - at);
        }

        boolean allows(Ticket ticket, long nanos) {
            return !ticket.issued().isBefore(begun) && !time(nanos).isAfter(ticket.expires());
        }
    }

    /** @param nanos as {@link System#nanoTime} */
    public TicketCheck(NodeName self, LongSupplier nanos) {
        this.self = self;
        this.nanos = nanos;
    }

    /**
     * The node has joined one of its servers.
     *
     * @param server the same each time
     */
    public void joined(Object server, Answer.Welcome welcome) {
        lock.lock();
        try {
            terms.put(server, new Term(welcome.ticketKey(), welcome.now(), nanos.getAsLong()));
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
        List<Term> signers = signers(signed);
        if (signers.isEmpty()) {
            throw BackupException.operator("ticket.forged", peer, "the ticket of " + peer + " is none that a server of this storage node has signed");
        }
        Ticket ticket = MessageCodec.decode(ByteBuffer.wrap(signed.ticket()), Ticket.class);
        if (!ticket.node().equals(self) || !peer.equals("client/" + ticket.holder())) {
            throw BackupException.operator("ticket.foreign", peer, "the ticket of " + peer + " is for another storage node or another client");
        }
        use(ticket, signers);
        return ticket;
    }

    /** Those servers of which it may be: several may have one key. */
    private List<Term> signers(SignedTicket signed) throws BackupException {
        List<Term> known = terms();
        if (signed == null || signed.ticket() == null || signed.ticket().length > MAX_BYTES) {
            return List.of();
        }
        byte[] text = SignedTicket.signed(signed.ticket());
        return known.stream().filter(term -> SigningKey.verify(term.key, text, signed.signature())).toList();
    }

    private List<Term> terms() throws BackupException {
        lock.lock();
        try {
            long left = WELCOME.toNanos();
            while (terms.isEmpty()) {
                if (left <= 0) {
                    throw BackupException.network("server.offline", self.value(), "storage node " + self + " has not found its server within "
                            + WELCOME.toSeconds() + " s, and takes no ticket without", null);
                }
                left = joined.awaitNanos(left);
            }
            return List.copyOf(terms.values());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", self.value(), "interrupted while storage node " + self + " waited for its server", e);
        } finally {
            lock.unlock();
        }
    }

    private void use(Ticket ticket, List<Term> signers) throws BackupException {
        long now = nanos.getAsLong();
        lock.lock();
        try {
            used.values().removeIf(end -> end - now < 0);
            Term term = signers.stream().filter(each -> each.allows(ticket, now)).findFirst().orElse(null);
            if (term == null) {
                throw BackupException.network("ticket.expired", ticket.job().toString(), "the ticket for job " + ticket.job() + " is no longer good;"
                        + " the server gives another when it begins the job again", null);
            }
            long end = now + Duration.between(term.time(now), ticket.expires()).toNanos();
            if (used.putIfAbsent(ByteBuffer.wrap(ticket.nonce()), end) != null) {
                throw BackupException.operator("ticket.used", ticket.job().toString(), "the ticket for job " + ticket.job()
                        + " has opened a connection before; it opens no second one");
            }
        } finally {
            lock.unlock();
        }
    }
}
