package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.Answer;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.Ticket;
import org.azekura.storagenode.client.TicketCheck;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TicketCheckTest {

    private static final String PEER = "client/c1";
    private static final String SERVER = "s1";

    private final AtomicLong nanos = new AtomicLong(-5);
    private final TicketCheck check = new TicketCheck(new NodeName("n1"), nanos::get);

    @BeforeEach
    void join() {
        check.joined(SERVER, TestTickets.welcome());
    }

    private static Ticket ticket() {
        return TestTickets.ticket(new JobId(7), new PoolName("default"), new ClientName("c1"), new TrustGroup(1, 1), true);
    }

    private static Ticket timed(Instant issued, Instant expires) {
        Ticket t = ticket();
        return new Ticket(t.job(), t.nonce(), t.holder(), t.owner(), t.node(), t.pool(), t.direction(), t.trustGroup(), -1, -1, issued, expires);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void takesATicketOnceAndSaysWhatItAllows() throws Exception {
        Ticket ticket = ticket();
        SignedTicket signed = TestTickets.sign(ticket);
        assertEquals(ticket.job(), check.take(signed, PEER).job());
        assertRefused("ticket.used", () -> check.take(signed, PEER));
        pass(Duration.ofMinutes(19));
        assertRefused("ticket.used", () -> check.take(signed, PEER));
        pass(Duration.ofMinutes(2));
        assertRefused("ticket.expired", () -> check.take(signed, PEER));
        check.joined(SERVER, TestTickets.welcome());
        check.take(TestTickets.sign(ticket()), PEER);
    }

    @Test
    void theSameTicketAtTheSameMomentOpensOneConnection() throws Exception {
        SignedTicket signed = TestTickets.sign(ticket());
        AtomicLong taken = new AtomicLong();
        CompletableFuture<?>[] all = new CompletableFuture<?>[8];
        for (int i = 0; i < all.length; i++) {
            all[i] = CompletableFuture.runAsync(() -> {
                try {
                    check.take(signed, PEER);
                    taken.incrementAndGet();
                } catch (BackupException e) {
                    assertEquals("ticket.used", e.failure().code());
                }
            });
        }
        CompletableFuture.allOf(all).get(120, TimeUnit.SECONDS);
        assertEquals(1, taken.get());
    }

    @Test
    void refusesWhatTheServerHasNotSigned() throws Exception {
        assertRefused("ticket.forged", () -> check.take(TestTickets.sign(ticket(), TestTickets.key("other")), PEER));
        assertRefused("ticket.forged", () -> check.take(null, PEER));
        assertRefused("ticket.forged", () -> check.take(new SignedTicket(null, null), PEER));
        assertRefused("ticket.forged", () -> check.take(new SignedTicket(new byte[0], new byte[0]), PEER));
        assertRefused("ticket.forged", () -> check.take(new SignedTicket(new byte[5000], new byte[64]), PEER));
        SignedTicket signed = TestTickets.sign(ticket());
        byte[] unmarked = TestTickets.SERVER.sign(signed.ticket());
        assertRefused("ticket.forged", () -> check.take(new SignedTicket(signed.ticket(), unmarked), PEER));
    }

    @Test
    void refusesATicketOfWhichAnyBitWasChanged() {
        long seed = Seeds.start();
        SignedTicket signed = TestTickets.sign(ticket());
        for (int i = 0; i < 200; i++) {
            int bit = Seeds.random(seed + i).nextInt(8 * (signed.ticket().length + signed.signature().length));
            byte[] ticket = signed.ticket().clone();
            byte[] signature = signed.signature().clone();
            int at = bit / 8;
            if (at < ticket.length) {
                ticket[at] ^= (byte) (1 << bit % 8);
            } else {
                signature[at - ticket.length] ^= (byte) (1 << bit % 8);
            }
            BackupException refusal = assertThrows(BackupException.class, () -> check.take(new SignedTicket(ticket, signature), PEER));
            assertEquals("ticket.forged", refusal.failure().code(), "seed " + seed + ", bit " + bit);
        }
    }

    @Test
    void refusesAnothersTicketAndLeavesItGood() throws Exception {
        SignedTicket signed = TestTickets.sign(ticket());
        for (String peer : new String[] {"client/c2", "node/c1", "c1", "client/c1x", ""}) {
            BackupException refusal = assertRefused("ticket.foreign", () -> check.take(signed, peer));
            assertFalse(refusal.getMessage().contains("default") || refusal.getMessage().contains("n1"), refusal.getMessage());
        }
        TicketCheck other = new TicketCheck(new NodeName("n2"), nanos::get);
        other.joined(SERVER, TestTickets.welcome());
        assertRefused("ticket.foreign", () -> other.take(signed, PEER));
        check.take(signed, PEER);
    }

    @Test
    void knowsTheServersTimeWhateverTheClockOfThisHostSays() throws Exception {
        Instant now = TestTickets.NOW;
        assertRefused("ticket.expired", () -> check.take(TestTickets.sign(timed(now.minusSeconds(1), now.plusSeconds(100))), PEER));
        pass(Duration.ofDays(400));
        Instant later = now.plus(Duration.ofDays(400));
        check.take(TestTickets.sign(timed(later, later)), PEER);
        assertRefused("ticket.expired", () -> check.take(TestTickets.sign(timed(later.minusSeconds(9), later.minusNanos(1))), PEER));
    }

    @Test
    void whatCameBeforeTheNodeJoinedAgainIsWorthNothing() throws Exception {
        SignedTicket before = TestTickets.sign(ticket());
        pass(Duration.ofSeconds(3));
        check.joined(SERVER, new Answer.Welcome(FakeServer.APPLIANCE, TestTickets.SERVER.publicKey(), TestTickets.NOW.plusSeconds(3)));
        assertRefused("ticket.expired", () -> check.take(before, PEER));
        Instant now = TestTickets.NOW.plusSeconds(3);
        check.take(TestTickets.sign(timed(now, now.plusSeconds(1))), PEER);
    }

    @Test
    void waitsForTheServersWelcome() throws Exception {
        TicketCheck young = new TicketCheck(new NodeName("n1"), System::nanoTime);
        CompletableFuture<Ticket> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return young.take(TestTickets.sign(ticket()), PEER);
            } catch (BackupException e) {
                throw new AssertionError(e);
            }
        });
        young.joined(SERVER, TestTickets.welcome());
        assertEquals(new JobId(7), taken.get(120, TimeUnit.SECONDS).job());
    }
}
