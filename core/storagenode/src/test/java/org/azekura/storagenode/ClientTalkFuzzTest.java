package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.message.Answer;
import org.azekura.api.message.ClientReport;
import org.azekura.api.message.Message;
import org.azekura.api.message.NodeOrder;
import org.azekura.api.message.NodeRequest;
import org.azekura.api.message.PoolAnswer;
import org.azekura.api.message.PruneOrder;
import org.azekura.api.message.SignedTicket;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.message.Ticket;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.testkit.Seeds;
import org.azekura.wire.MessageCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that say anything, in any order, with and without a ticket: the node serves the next one, and nothing of others has changed. */
@Timeout(300)
class ClientTalkFuzzTest extends OnOneNode {

    private static final Duration SHORT = Duration.ofMillis(200);
    private final long seed = Seeds.start();

    @Test
    void nothingThatAClientSaysTakesTheNodeDown() throws Exception {
        List<ChunkId> kept;
        List<ByteBuffer> frames;
        try (NodeBench.Client client = bench.client(1)) {
            kept = client.newChunks(5);
            client.store(kept, 200);
            frames = client.read(kept);
            client.end();
        }
        int rounds = Seeds.slow() ? 2_000 : 60;
        for (int round = 0; round < rounds; round++) {
            visit(Seeds.random(seed + round), 100 + round, kept);
        }
        try (NodeBench.Client client = bench.client(2)) {
            assertEquals(frames, client.read(kept), "seed " + seed);
            assertTrue(client.store(client.newChunks(1), 10) > 0, "seed " + seed);
        }
    }

    private void visit(Random random, int job, List<ChunkId> kept) throws Exception {
        Ticket ticket = ticket(random, job);
        bench.server.order(new NodeOrder.PrepareVolume(ticket.job(), NodeBench.POOL, NodeBench.CLIENT, ticket.trustGroup(),
                ticket.direction() == Ticket.Direction.STORE), PoolAnswer.VolumeReady.class);
        Connection connection = bench.transport.dial("node-n1", "client/" + NodeBench.CLIENT, NodeBench.LONG);
        try (connection) {
            List<Message> words = words(ticket, kept);
            if (random.nextInt(4) > 0) {
                connection.control().send(envelope(1, 1, new NodeRequest.OpenJob(TestTickets.sign(ticket))), SHORT);
                connection.control().receive(NodeBench.LONG);
            }
            Thread.ofVirtual().start(() -> drain(connection.control()));
            List<Stream> open = new ArrayList<>();
            for (int n = random.nextInt(40); n > 0; n--) {
                act(random, connection, words, open);
            }
        } catch (BackupException e) {
            assertTrue(e.failure().code().startsWith("transport."), "seed " + seed + ": " + e);
        } finally {
            if (random.nextBoolean()) {
                bench.server.done(new NodeOrder.EndJob(ticket.job()));
            }
        }
    }

    private static Ticket ticket(Random random, int job) {
        boolean write = random.nextBoolean();
        return TestTickets.bounded(TestTickets.ticket(new JobId(job), NodeBench.POOL, NodeBench.CLIENT, write || random.nextBoolean() ? NodeBench.GROUP : null,
                write), 1 << 20, random.nextInt(1 << 14));
    }

    private void act(Random random, Connection connection, List<Message> words, List<Stream> open) throws BackupException {
        Message word = words.get(random.nextInt(words.size()));
        switch (random.nextInt(6)) {
            case 0, 1 -> connection.control().send(envelope(random.nextInt(4), random.nextInt(20), word), SHORT);
            case 2 -> connection.control().send(changed(random, envelope(random.nextInt(5), 2 + random.nextInt(20), word)), SHORT);
            case 3 -> {
                Stream stream = connection.open();
                open.add(stream);
                stream.send(random.nextInt(3) == 0 ? changed(random, MessageCodec.encode(word)) : MessageCodec.encode(word), SHORT);
            }
            case 4 -> {
                if (!open.isEmpty()) {
                    quietly(() -> open.get(random.nextInt(open.size())).send(frame(random), SHORT));
                }
            }
            default -> {
                if (!open.isEmpty()) {
                    Stream stream = open.remove(random.nextInt(open.size()));
                    quietly(random.nextBoolean() ? stream::close : stream::endSending);
                }
            }
        }
    }

    private interface Step {
        void run() throws BackupException;
    }

    /** The node may have ended a stream. */
    private static void quietly(Step step) throws BackupException {
        try {
            step.run();
        } catch (BackupException e) {
            if (!e.failure().code().startsWith("transport.")) {
                throw e;
            }
        }
    }

    private ByteBuffer frame(Random random) {
        ByteBuffer whole = bench.frames.data(bench.frames.session(), bench.frames.id(), 1 + random.nextInt(3000));
        return random.nextBoolean() ? whole : random.nextInt(5) == 0 ? ByteBuffer.allocate(0) : changed(random, whole);
    }

    private static void drain(Stream control) {
        try {
            while (control.receive(NodeBench.LONG) != null) {
                Thread.onSpinWait();
            }
        } catch (BackupException e) {
            assertTrue(e.failure().code().startsWith("transport."));
        }
    }

    /** What a client could say, of its own job and of others', right and senseless. */
    private List<Message> words(Ticket ticket, List<ChunkId> kept) {
        List<Message> words = new ArrayList<>();
        for (JobId job : Arrays.asList(ticket.job(), ticket.job(), new JobId(1), null)) {
            for (List<ChunkId> chunks : Arrays.asList(kept, List.of(bench.frames.id()), List.<ChunkId>of(), null)) {
                words.add(new NodeRequest.ChunksKnown(job, chunks));
                words.add(new StreamOpening.ReadChunks(job, chunks));
                words.add(new StreamOpening.ReadPack(job, bench.server.packs.getFirst().pack(), chunks));
                words.add(new StreamOpening.ReadPack(job, null, chunks));
            }
            words.add(new NodeRequest.FlushJob(job));
            words.add(new StreamOpening.StoreChunks(job, bench.frames.session(), new byte[] {1}));
            words.add(new StreamOpening.StoreChunks(job, null, null));
            words.add(new StreamOpening.StoreTrees(job, bench.frames.session(), new byte[] {1}));
            words.add(new PruneOrder.DropPacks(job, List.of(new PackId(1, 1))));
            words.add(new NodeOrder.EndJob(job));
        }
        words.addAll(List.of(new NodeRequest.OpenJob(null), new NodeRequest.OpenJob(new SignedTicket(new byte[9], new byte[64])),
                new NodeRequest.OpenJob(TestTickets.sign(ticket)), ticket, new Answer.Done(), new StreamOpening.ReadManifests(null),
                new ClientReport.Progress(ticket.job(), 1, 1, 1)));
        return words;
    }

    /** A message as it stands in a frame of the control stream. */
    private static ByteBuffer envelope(int kind, int number, Message message) {
        ByteBuffer bare = MessageCodec.encode(message);
        return ByteBuffer.allocate(bare.remaining() + 2).put((byte) 0x85).put(bare.get(1)).put((byte) kind).put((byte) number)
                .put(bare.slice(2, bare.remaining() - 2)).flip();
    }

    private static ByteBuffer changed(Random random, ByteBuffer whole) {
        byte[] bytes = new byte[whole.remaining()];
        whole.get(bytes);
        for (int n = 1 + random.nextInt(3); n > 0 && bytes.length > 0; n--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return ByteBuffer.wrap(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes);
    }
}
