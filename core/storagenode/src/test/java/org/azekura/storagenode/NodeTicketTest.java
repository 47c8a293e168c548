package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.TrustGroup;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PoolOrder;
import org.azekura.api.message.PruneOrder;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.message.Ticket;
import org.azekura.api.transport.Stream;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.Recipient;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.Sealer;
import org.azekura.wire.MessageCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client may do is what its ticket names, and a ticket is worth nothing to anybody else. */
@Timeout(300)
class NodeTicketTest extends OnOneNode {

    private static final ClientName OTHER = new ClientName("c2");
    private static final TrustGroup OTHERS = new TrustGroup(9, 9);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private void prepare(Ticket ticket) throws BackupException {
        bench.server.order(new NodeOrder.PrepareVolume(ticket.job(), ticket.pool(), ticket.holder(), ticket.trustGroup(),
                ticket.direction() == Ticket.Direction.STORE), PoolAnswer.VolumeReady.class);
    }

    private static Ticket ticket(int job, ClientName holder, TrustGroup group, boolean write) {
        return TestTickets.ticket(new JobId(job), NodeBench.POOL, holder, group, write);
    }

    private void assertRefusedTo(ClientName self, String code, SignedTicket signed, Ticket ticket) throws BackupException {
        try (NodeBench.Client client = bench.new Client(ticket, self)) {
            assertRefused(code, () -> client.open(signed));
            assertNothingGoes(client);
        }
    }

    /** Neither questions nor data streams, whatever they name. */
    private static void assertNothingGoes(NodeBench.Client client) throws BackupException {
        assertRefused("job.foreign", client::flush);
        assertRefused("job.foreign", () -> client.known(new ChunkId(1, 1, 1, 1)));
        for (StreamOpening opening : List.of(new StreamOpening.StoreChunks(client.job, client.session, new byte[3]),
                new StreamOpening.ReadChunks(client.job, List.of()), new StreamOpening.ReadPack(client.job, new PackId(1, 1), List.of()))) {
            assertClosed(client, opening);
        }
    }

    private static void assertClosed(NodeBench.Client client, Message opening) throws BackupException {
        try (Stream stream = client.talk.connection().open()) {
            assertRefused("transport.closed", () -> {
                stream.send(MessageCodec.encode(opening), NodeBench.LONG);
                stream.receive(NodeBench.LONG);
            });
        }
    }

    @Test
    void opensNothingForAnotherClientAnotherUseOrWithAForgedTicket() throws Exception {
        Ticket mine = ticket(1, NodeBench.CLIENT, NodeBench.GROUP, true);
        prepare(mine);
        SignedTicket signed = TestTickets.sign(mine);
        assertRefusedTo(OTHER, "ticket.foreign", signed, mine);
        assertRefusedTo(NodeBench.CLIENT, "ticket.forged", TestTickets.sign(mine, TestTickets.key("mine")), mine);
        for (Ticket unlike : List.of(ticket(1, NodeBench.CLIENT, NodeBench.GROUP, false), ticket(1, NodeBench.CLIENT, OTHERS, true),
                ticket(1, NodeBench.CLIENT, null, false), TestTickets.ticket(new JobId(1), new PoolName("other"), NodeBench.CLIENT, NodeBench.GROUP, true))) {
            assertRefusedTo(NodeBench.CLIENT, "ticket.foreign", TestTickets.sign(unlike), unlike);
        }
        Ticket others = ticket(1, OTHER, NodeBench.GROUP, true);
        assertRefusedTo(OTHER, "ticket.foreign", TestTickets.sign(others), others);
        try (NodeBench.Client client = bench.new Client(mine, NodeBench.CLIENT)) {
            client.open(signed);
            assertTrue(client.store(client.newChunks(1), 10) > 0);
        }
    }

    @Test
    void aTicketOpensOneConnectionAlsoWhenItsJobIsPreparedAgain() throws Exception {
        Ticket mine = ticket(1, NodeBench.CLIENT, NodeBench.GROUP, true);
        prepare(mine);
        SignedTicket signed = TestTickets.sign(mine);
        try (NodeBench.Client client = bench.new Client(mine, NodeBench.CLIENT)) {
            client.open(signed);
            assertRefusedTo(NodeBench.CLIENT, "ticket.used", signed, mine);
            assertRefused("ticket.second", () -> client.open(TestTickets.sign(ticket(1, NodeBench.CLIENT, NodeBench.GROUP, true))));
            assertTrue(client.store(client.newChunks(1), 10) > 0);
            client.end();
        }
        assertRefusedTo(NodeBench.CLIENT, "ticket.used", signed, mine);
        prepare(mine);
        assertRefusedTo(NodeBench.CLIENT, "ticket.used", signed, mine);
        bench.dial(ticket(1, NodeBench.CLIENT, NodeBench.GROUP, true)).close();
    }

    @Test
    void aTicketOfBeforeTheServerWasLostOpensNothing() throws Exception {
        Ticket mine = ticket(1, NodeBench.CLIENT, NodeBench.GROUP, true);
        SignedTicket early = TestTickets.sign(new Ticket(mine.job(), mine.nonce(), mine.holder(), mine.owner(), mine.node(), mine.pool(), mine.direction(),
                mine.trustGroup(), -1, -1, TestTickets.NOW.minusNanos(1), mine.expires()));
        prepare(mine);
        assertRefusedTo(NodeBench.CLIENT, "ticket.expired", early, mine);
    }

    @Test
    void whoMayStoreReadsNothingOfWhatIsThere() throws Exception {
        List<ChunkId> chunks;
        try (NodeBench.Client client = bench.client(1)) {
            chunks = client.newChunks(2);
            client.store(chunks, 100);
            assertClosed(client, new StreamOpening.ReadChunks(client.job, chunks));
            assertClosed(client, new StreamOpening.ReadPack(client.job, bench.server.packs.getFirst().pack(), chunks));
            assertTrue(client.known(chunks.getFirst()), "it goes on");
            client.end();
        }
        assertEquals(1, store.keys("packs/").size());
    }

    /** What tells whose a session is, is no secret of anybody who has the packs. */
    @Test
    void storesNothingInASessionOfAnotherGroup() throws Exception {
        KeyRing ring = KeyRing.create(List.of(Recipient.of("appliance", RecipientKey.generate())));
        try (Sealer theirs = Sealer.open(OTHERS, ring.epoch(), ring.epochPublicKey()); Sealer ours = Sealer.open(NodeBench.GROUP, ring.epoch(), ring.epochPublicKey());
                NodeBench.Client client = bench.client(1)) {
            assertClosed(client, new StreamOpening.StoreChunks(client.job, theirs.session(), theirs.sealedKey()));
            assertClosed(client, new StreamOpening.StoreChunks(client.job, theirs.session(), ours.sealedKey()));
            try (Stream stream = client.talk.connection().open()) {
                stream.send(MessageCodec.encode(new StreamOpening.StoreChunks(client.job, ours.session(), ours.sealedKey())), NodeBench.LONG);
                stream.send(bench.frames.data(ours.session(), bench.frames.id(), 100), NodeBench.LONG);
                stream.endSending();
                stream.receive(NodeBench.LONG);
            }
            assertTrue(client.flush() > 0);
        }
    }

    @Test
    void whoMayReadStoresNothingAndAsksNothing() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(1), 100);
            client.end();
        }
        try (NodeBench.Client reader = bench.client(2, NodeBench.GROUP, false); NodeBench.Client checker = bench.client(3, null, false)) {
            for (NodeBench.Client client : List.of(reader, checker)) {
                assertRefused("ticket.direction", client::flush);
                assertRefused("ticket.direction", () -> client.known(bench.frames.id()));
                assertClosed(client, new StreamOpening.StoreChunks(client.job, client.session, new byte[3]));
            }
            assertClosed(reader, new StreamOpening.ReadPack(reader.job, bench.server.packs.getFirst().pack(), List.of()));
            assertClosed(checker, new StreamOpening.ReadChunks(checker.job, List.of()));
        }
        assertEquals(1, store.keys("packs/").size());
    }

    /** By no message: the same answers come whether the other group has a chunk or not. */
    @Test
    void noTrustGroupIsProbedOrPoisonedFromAnother() throws Exception {
        List<ChunkId> secret;
        List<ByteBuffer> kept;
        try (NodeBench.Client client = bench.client(1)) {
            secret = client.newChunks(2);
            client.store(secret, 100);
            kept = client.read(secret);
            client.end();
        }
        Ticket others = ticket(2, OTHER, OTHERS, true);
        prepare(others);
        try (NodeBench.Client thief = bench.new Client(others, OTHER)) {
            thief.open(TestTickets.sign(others));
            assertFalse(thief.known(secret.get(0)));
            assertFalse(thief.known(bench.frames.id()));
            assertTrue(thief.store(secret, 60) > 0, "what others have must be sent all the same");
            thief.end();
        }
        Ticket reading = ticket(3, OTHER, OTHERS, false);
        prepare(reading);
        try (NodeBench.Client thief = bench.new Client(reading, OTHER)) {
            thief.open(TestTickets.sign(reading));
            List<ByteBuffer> read = thief.readHere(List.of(secret.get(0), secret.get(1), bench.frames.id()));
            assertEquals(NOTHING, read.get(2));
            assertTrue(read.get(0).remaining() < kept.get(0).remaining(), "its own, not that of the other group");
            thief.end();
        }
        try (NodeBench.Client client = bench.client(4, NodeBench.GROUP, false)) {
            assertEquals(kept, client.readHere(secret), "what the other group has sent by the same ids is not met here");
        }
    }

    @Test
    void aClientOrdersNothing() throws Exception {
        try (NodeBench.Client client = bench.client(1)) {
            client.store(client.newChunks(1), 100);
            PackId pack = bench.server.packs.getFirst().pack();
            for (Message order : List.of(new PruneOrder.DropPacks(client.job, List.of(pack)), new PruneOrder.BeginPrune(client.job, NodeBench.POOL),
                    new PoolOrder.ClosePool(NodeBench.POOL), new NodeOrder.EndJob(client.job), new PackOrder.ListPacks(NodeBench.POOL, null),
                    new ChunkOrder.LocateChunks(NodeBench.POOL, OTHERS, List.of()), new ChunkOrder.CheckChunks(client.job, NodeBench.POOL, OTHERS, List.of()),
                    ticket(1, NodeBench.CLIENT, NodeBench.GROUP, true))) {
                assertRefused("message.unexpected", () -> client.talk.ask(order, Answer.class, NodeBench.LONG));
            }
            for (StreamOpening opening : List.of(new StreamOpening.ReadManifests(NodeBench.POOL), new StreamOpening.ReadTrees(NodeBench.POOL),
                    new StreamOpening.ReadCheckpoint(NodeBench.POOL), new StreamOpening.StoreCheckpoint(NodeBench.POOL),
                    new StreamOpening.StoreRegister(NodeBench.POOL), new StreamOpening.ReadTreePacks(NodeBench.POOL),
                    new StreamOpening.StoreAudit(NodeBench.POOL), new StreamOpening.ReadAudit(NodeBench.POOL))) {
                assertClosed(client, opening);
            }
        }
        assertEquals(1, store.keys("packs/").size());
    }

    @Test
    void whatIsNoServerIsNotObeyed() throws Exception {
        bench.server.close();
        try (var impostor = bench.transport.listen("server", "client/c1", connection -> {
            assertEquals("node/n1", connection.peer());
            assertRefused("transport.closed", () -> {
                if (connection.control().receive(NodeBench.LONG) == null) {
                    throw BackupException.network("transport.closed", "", "it has said nothing", null);
                }
            });
            visits.countDown();
        })) {
            assertTrue(visits.await(120, TimeUnit.SECONDS), impostor.address());
        }
    }

    private final CountDownLatch visits = new CountDownLatch(1);
}
