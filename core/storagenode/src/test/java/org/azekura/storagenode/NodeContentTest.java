package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PackId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.wire.MessageCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Chunks whose checksums are right and whose content is wrong: only who has keys finds them, and the node takes his word. */
@Timeout(300)
class NodeContentTest extends OnOneNode {

    private static final ByteBuffer UNREADABLE = ByteBuffer.allocate(0);

    private NodeBench.Client client;
    private List<ChunkId> chunks;
    private PackId pack;

    @BeforeEach
    void store() throws Exception {
        client = bench.client(1);
        chunks = client.newChunks(3);
        client.store(chunks, 1_000);
        pack = bench.server.packs.getFirst().pack();
    }

    @AfterEach
    void leave() {
        client.close();
    }

    private void restart() throws Exception {
        client.close();
        bench.restart();
        client = bench.client(bench.server.packs.size() + 1);
    }

    private PackAnswer.Verified note(List<ChunkId> wrong) throws BackupException {
        return bench.server.order(new PackOrder.NoteContent(new JobId(9), NodeBench.POOL, pack, wrong), PackAnswer.Verified.class);
    }

    private List<ChunkId> listed(PackId of, int from) throws BackupException {
        return bench.server.order(new PackOrder.ListChunks(NodeBench.POOL, of, from), ChunkAnswer.Located.class).places().stream()
                .map(ChunkAnswer.ChunkPlace::chunk).toList();
    }

    /** As a client does that may read any pack. */
    private List<ByteBuffer> readPack() throws BackupException {
        try (NodeBench.Client reader = bench.client(77, null, false); Stream stream = reader.talk.connection().open()) {
            stream.send(MessageCodec.encode(new StreamOpening.ReadPack(reader.job, pack, chunks)), NodeBench.LONG);
            List<ByteBuffer> read = new ArrayList<>();
            for (ByteBuffer frame = stream.receive(NodeBench.LONG); frame != null; frame = stream.receive(NodeBench.LONG)) {
                read.add(frame);
            }
            reader.end();
            return read;
        }
    }

    @Test
    void aPackTellsItsChunksPageByPage() throws Exception {
        assertEquals(chunks, listed(pack, 0));
        assertEquals(chunks.subList(2, 3), listed(pack, 2));
        assertEquals(List.of(), listed(pack, 3));
        assertEquals(List.of(), listed(new PackId(5, 5), 0));
    }

    @Test
    void whoReadsPacksReadsNothingElseAndTheOtherWayRound() throws Exception {
        assertEquals(client.read(chunks), readPack());
        try (NodeBench.Client reader = bench.client(78, null, false)) {
            assertRefused("transport.closed", () -> reader.read(chunks));
            assertRefused("ticket.direction", () -> reader.known(chunks.getFirst()));
        }
        try (Stream stream = client.talk.connection().open()) {
            stream.send(MessageCodec.encode(new StreamOpening.ReadPack(client.job, pack, chunks)), NodeBench.LONG);
            assertRefused("transport.closed", () -> stream.receive(NodeBench.LONG));
        }
    }

    @Test
    void wrongContentIsStoredAgainWhateverChecksumsSay() throws Exception {
        List<ByteBuffer> before = client.read(chunks);
        assertEquals(List.of(), bench.verify(pack).damaged());
        List<PackAnswer.DamagedPack> damaged = note(chunks.subList(1, 2)).damaged();
        assertEquals(List.of(chunks.subList(1, 2)), damaged.stream().map(PackAnswer.DamagedPack::chunks).toList());
        for (int start = 0; start < 2; start++) {
            assertEquals(List.of(), bench.verify(pack).damaged(), "checksums tell nothing, and mend nothing");
            assertFalse(client.known(chunks.get(1)));
            assertEquals(List.of(before.get(0), UNREADABLE, before.get(2)), client.read(chunks));
            assertEquals(before, readPack(), "its content can be looked at again");
            restart();
        }
        client.store(chunks.subList(1, 2), 2_000);
        for (int start = 0; start < 2; start++) {
            assertEquals(List.of(), bench.verify(pack).damaged());
            assertEquals(List.of(), bench.missing(chunks));
            assertNotEquals(before.get(1), client.read(chunks).get(1));
            assertTrue(client.read(chunks).get(1).remaining() > 2_000);
            restart();
        }
        assertEquals(List.of(List.of()), note(chunks.subList(1, 2)).damaged().stream().map(PackAnswer.DamagedPack::chunks).toList());
    }

    @Test
    void aPackThatIsRightThroughAndThroughIsSoundAgain() throws Exception {
        note(chunks.subList(0, 1));
        restart();
        assertFalse(client.known(chunks.getFirst()));
        assertEquals(List.of(), note(List.of()).damaged());
        for (int start = 0; start < 2; start++) {
            assertTrue(client.known(chunks.getFirst()));
            restart();
        }
    }

    @Test
    void aPackThatIsGoneMeanwhileIsOfNoInterest() throws Exception {
        pack = new PackId(5, 5);
        assertEquals(List.of(), note(chunks).damaged());
    }
}
