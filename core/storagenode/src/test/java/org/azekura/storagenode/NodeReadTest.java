package org.azekura.storagenode;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PackOrder;
import org.azekura.testkit.device.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damage, verification, and where things lie. */
@Timeout(300)
class NodeReadTest extends OnOneNode {

    private static final ByteBuffer UNREADABLE = ByteBuffer.allocate(0);

    private NodeBench.Client client;
    private List<ChunkId> chunks;
    private List<ByteBuffer> frames;
    private NodeReport.PackWritten pack;

    @BeforeEach
    void store() throws Exception {
        client = bench.client(1);
        chunks = client.newChunks(5);
        client.store(chunks, 10_000);
        frames = client.read(chunks);
        pack = bench.server.packs.getFirst();
    }

    @AfterEach
    void leave() {
        client.close();
    }

    private PackAnswer.Verified verify(PackId... packs) throws BackupException {
        return bench.verify(packs);
    }

    private void damage(int chunk) throws BackupException {
        bench.damage(pack, frames.get(chunk));
    }

    @Test
    void soundPacksAreFoundSound() throws Exception {
        assertEquals(new PackAnswer.Verified(1, List.of()), verify(pack.pack()));
    }

    @Test
    void aFlippedBitCostsExactlyItsChunk() throws Exception {
        damage(2);
        List<ByteBuffer> expected = new ArrayList<>(frames);
        expected.set(2, UNREADABLE);
        assertEquals(expected, client.read(chunks));
        assertFalse(client.known(chunks.get(2)));
        assertTrue(client.known(chunks.get(3)));
        assertEquals(chunks.subList(2, 3), bench.missing(chunks));
    }

    @Test
    void verifyNamesExactlyTheDamagedChunksAndTheNextBackupHealsThem() throws Exception {
        damage(1);
        damage(4);
        PackAnswer.Verified found = verify(pack.pack());
        assertEquals(1, found.damaged().size());
        PackAnswer.DamagedPack damaged = found.damaged().getFirst();
        assertEquals(pack.pack(), damaged.pack());
        assertEquals(NodeBench.VOLUME, damaged.volume());
        assertEquals(Set.of(chunks.get(1), chunks.get(4)), new HashSet<>(damaged.chunks()));
        assertTrue(damaged.what().contains(pack.pack().toString()), damaged.what());
        assertEquals(damaged.chunks(), verify(pack.pack()).damaged().getFirst().chunks(), "a second look finds the same");

        client.store(chunks, 10_000);
        assertEquals(2, bench.server.packs.getLast().chunks());
        assertFalse(client.read(chunks).contains(UNREADABLE));
        PackAnswer.DamagedPack healed = verify(pack.pack()).damaged().getFirst();
        assertEquals(List.of(), healed.chunks(), "they can be read from another pack");
        assertEquals(new HashSet<>(chunks), new HashSet<>(healed.intact()));
    }

    @Test
    void damageOutsideTheFramesCostsNoChunkButIsDamage() throws Exception {
        for (int fromEnd : new int[] {3, 60, 100}) {
            store.damage(pack.position(), pack.size() - fromEnd);
            PackAnswer.DamagedPack damaged = verify(pack.pack()).damaged().getFirst();
            assertEquals(List.of(), damaged.chunks());
            assertEquals(new HashSet<>(chunks), new HashSet<>(damaged.intact()));
            assertEquals(frames, client.read(chunks));
            store.damage(pack.position(), pack.size() - fromEnd);
        }
    }

    @Test
    void whatWasMendedIsKnownAgain() throws Exception {
        store.damage(pack.position(), 5);
        PackAnswer.DamagedPack damaged = verify(pack.pack()).damaged().getFirst();
        assertEquals(5, damaged.chunks().size());
        assertTrue(damaged.what().startsWith("pack " + pack.pack()), damaged.what());
        assertFalse(client.known(chunks.getFirst()));
        assertEquals(frames, client.read(chunks), "the frames are whole, whatever the header says");
        store.damage(pack.position(), 5);
        assertEquals(List.of(), verify(pack.pack()).damaged());
        assertTrue(client.known(chunks.getFirst()));
    }

    @Test
    void aMissingPackCostsAllItsChunks() throws Exception {
        store.lose(pack.position());
        PackAnswer.DamagedPack damaged = verify(pack.pack()).damaged().getFirst();
        assertEquals(new HashSet<>(chunks), new HashSet<>(damaged.chunks()));
        assertEquals(List.of(UNREADABLE, UNREADABLE), client.read(chunks.subList(0, 2)));
    }

    @Test
    void aPackNobodyKnowsIsDamagedToo() throws Exception {
        PackId unknown = new PackId(4, 4);
        PackAnswer.Verified found = verify(pack.pack(), unknown);
        assertEquals(2, found.packs());
        assertEquals(List.of(unknown), found.damaged().stream().map(PackAnswer.DamagedPack::pack).toList());
    }

    @Test
    void aTornPackGivesWhatIsWholeOfIt() throws Exception {
        store.truncate(pack.position(), (int) pack.size() - 10_300);
        PackAnswer.DamagedPack damaged = verify(pack.pack()).damaged().getFirst();
        assertEquals(chunks.subList(4, 5), damaged.chunks());
        bench.reopen();
        try (NodeBench.Client next = bench.client(2)) {
            List<ByteBuffer> expected = new ArrayList<>(frames);
            expected.set(4, UNREADABLE);
            assertEquals(expected, next.read(chunks));
            assertFalse(next.known(chunks.get(4)));
        }
    }

    @Test
    void aPackWithADamagedHeaderIsSkippedAndStoredAgain() throws Exception {
        store.damage(pack.position(), 3);
        assertEquals(new HashSet<>(chunks), new HashSet<>(verify(pack.pack()).damaged().getFirst().chunks()));
        bench.reopen();
        try (NodeBench.Client next = bench.client(2)) {
            assertFalse(next.known(chunks.get(0)));
            assertTrue(next.store(chunks, 10_000) > 50_000);
        }
    }

    @Test
    void aDeviceThatCannotReadAPlaceCostsThatPlace() throws Exception {
        store.fault((doing, key) -> {
            if (doing.equals("read") && key.equals(pack.position())) {
                throw BackupException.device("device.io", "memory", "Input/output error", null);
            }
        });
        PackAnswer.DamagedPack damaged = verify(pack.pack()).damaged().getFirst();
        assertEquals(new HashSet<>(chunks), new HashSet<>(damaged.chunks()));
        assertEquals(List.of(UNREADABLE), client.read(chunks.subList(0, 1)));
    }

    @Test
    void aDeviceThatIsGoneFailsTheStreamInsteadOfDeclaringEverythingLost() throws Exception {
        try (NodeBench.Client reader = bench.client(2, NodeBench.GROUP, false)) {
            store.close();
            assertRefused("transport.closed", () -> reader.read(chunks));
        }
        assertRefused("device.closed", () -> verify(pack.pack()));
    }

    @Test
    void aDeviceThatComesBackServesOn() throws Exception {
        bench.role.deviceWent(NodeBench.DEVICE, store);
        bench.drivers.serve(NodeBench.DEVICE);
        assertEquals(frames, client.read(chunks));
    }

    @Test
    void aVolumeThatIsNotThereIsNoDamage() throws Exception {
        store.keys("").forEach(store::lose);
        assertRefused("volume.missing", () -> verify(pack.pack()));
        assertTrue(client.known(chunks.get(0)), "nothing was found damaged");
    }

    @Test
    void anotherMediumInTheSameDeviceIsNotTakenForTheVolume() throws Exception {
        MemoryStore other = new MemoryStore();
        bench.role.deviceCame(NodeBench.DEVICE, other);
        assertRefused("volume.missing", () -> bench.client(2));
        assertEquals(List.of(), other.keys(""));
    }

    @Test
    void chunksAreLocatedInTheOrderOfThePack() throws Exception {
        ChunkId nowhere = bench.frames.id();
        List<ChunkId> asked = new ArrayList<>(chunks.reversed());
        asked.add(nowhere);
        ChunkAnswer.Located located = bench.server.order(new ChunkOrder.LocateChunks(NodeBench.POOL, NodeBench.GROUP, asked), ChunkAnswer.Located.class);
        assertEquals(List.of(nowhere), located.missing());
        assertEquals(chunks.stream().map(chunk -> new ChunkAnswer.ChunkPlace(chunk, pack.pack(), client.session)).toList(), located.places());
    }

    @Test
    void theLargestQuestionAboutPlacesCanBeAnswered() throws Exception {
        List<ChunkId> asked = new ArrayList<>();
        while (asked.size() < NodeOrders.MAX_LOCATED) {
            asked.addAll(chunks);
        }
        assertEquals(NodeOrders.MAX_LOCATED, bench.server.order(new ChunkOrder.LocateChunks(NodeBench.POOL, NodeBench.GROUP,
                asked.subList(0, NodeOrders.MAX_LOCATED)), ChunkAnswer.Located.class).places().size());
        asked.add(chunks.getFirst());
        assertRefused("message.large", () -> bench.server.order(new ChunkOrder.LocateChunks(NodeBench.POOL, NodeBench.GROUP, asked), ChunkAnswer.Located.class));
    }

    @Test
    void packsAreListedInPages() throws Exception {
        client.store(client.newChunks(2), 100);
        List<PackId> ids = bench.server.packs.stream().map(NodeReport.PackWritten::pack).sorted().toList();
        List<PackAnswer.PackOnVolume> all = bench.server.order(new PackOrder.ListPacks(NodeBench.POOL, null), PackAnswer.PackList.class).packs();
        assertEquals(ids, all.stream().map(PackAnswer.PackOnVolume::pack).toList());
        assertEquals(all.subList(1, 2), bench.server.order(new PackOrder.ListPacks(NodeBench.POOL, ids.get(0)), PackAnswer.PackList.class).packs());
        assertEquals(List.of(), bench.server.order(new PackOrder.ListPacks(NodeBench.POOL, ids.get(1)), PackAnswer.PackList.class).packs());
        try (NodeBench.Client next = bench.client(2)) {
            next.store(next.newChunks(1), 100);
            PackAnswer.PackList three = bench.server.order(new PackOrder.ListPacks(NodeBench.POOL, null), PackAnswer.PackList.class);
            assertEquals(3, three.packs().size());
            assertEquals(Set.of(client.session, next.session), three.sessions().stream().map(NodeReport.PackSession::session).collect(Collectors.toSet()));
            assertEquals(2, three.sessions().size());
            assertArrayEquals(new byte[] {1, 2, 3}, three.sessions().getFirst().sealedKey());
        }
        PackAnswer.PackOnVolume first = all.stream().filter(p -> p.pack().equals(pack.pack())).findFirst().orElseThrow();
        assertEquals(new PackAnswer.PackOnVolume(pack.pack(), false, pack.position(), pack.size(), 5, pack.writtenAt()), first);
    }
}
