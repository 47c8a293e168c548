package org.azekura.storagenode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.Quota;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.Answer;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.Ticket;
import org.azekura.engine.volume.SigningKey;
import org.azekura.wire.MessageCodec;

/** Tickets as {@link FakeServer} gives them: its time stands still, far from this host's. */
final class TestTickets {

    static final Instant NOW = Instant.parse("2101-02-03T04:05:06Z");
    static final SigningKey SERVER = key("server");
    private static final AtomicLong NONCES = new AtomicLong();

    private TestTickets() {}

    static SigningKey key(String name) {
        try {
            Path folder = Files.createTempDirectory("tickets");
            SigningKey key = SigningKey.loadOrCreate(folder.resolve(name));
            Files.delete(folder.resolve(name));
            Files.delete(folder);
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BackupException e) {
            throw new AssertionError(e);
        }
    }

    static Answer.Welcome welcome() {
        return new Answer.Welcome(FakeServer.APPLIANCE, SERVER.publicKey(), NOW);
    }

    /** For whom it is prepared so. */
    static Ticket ticket(JobId job, PoolName pool, ClientName client, TrustGroup group, boolean write) {
        Ticket.Direction direction = group == null ? Ticket.Direction.CHECK : write ? Ticket.Direction.STORE : Ticket.Direction.READ;
        byte[] nonce = ByteBuffer.allocate(Ticket.NONCE_BYTES).putLong(NONCES.incrementAndGet()).array();
        return new Ticket(job, nonce, client, client, new NodeName("n1"), pool, direction, group, Quota.NONE, Quota.NONE, NOW, NOW.plus(Duration.ofMinutes(20)));
    }

    static Ticket bounded(Ticket t, long quota, long left) {
        return new Ticket(t.job(), t.nonce(), t.holder(), t.owner(), t.node(), t.pool(), t.direction(), t.trustGroup(), quota, left, t.issued(), t.expires());
    }

    static SignedTicket sign(Ticket ticket) {
        return sign(ticket, SERVER);
    }

    static SignedTicket sign(Ticket ticket, SigningKey key) {
        byte[] bytes = MessageCodec.encode(ticket).array();
        return new SignedTicket(bytes, key.sign(SignedTicket.signed(bytes)));
    }
}
