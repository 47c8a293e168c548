package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.NodeName;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.CopyOrder;
import org.azekura.api.message.HealOrder;
import org.azekura.api.message.NodeReport;
import org.azekura.api.message.PackAnswer;
import org.azekura.api.message.PoolAnswer;
import org.azekura.storagenode.pool.VolumeKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was found damaged is stored again, and the good copy wins, whatever happens between. */
@Timeout(300)
class NodeHealTest extends OnOneNode {

    /** Every chunk in a pack of its own: ids of packs are random, and so is the order in which they are learnt. */
    private static final int PACKS = 6;
    private static final ByteBuffer UNREADABLE = ByteBuffer.allocate(0);

    private NodeBench.Client client;
    private List<ChunkId> chunks;
    private final Map<ChunkId, ByteBuffer> frames = new HashMap<>();

    @BeforeEach
    void store() throws Exception {
        client = bench.client(1);
        chunks = client.newChunks(PACKS);
        storeEach();
    }

    /** Sends every chunk and notes the frame that is there then. */
    private void storeEach() throws BackupException {
        for (ChunkId chunk : chunks) {
            client.store(List.of(chunk), 1_000);
            frames.put(chunk, client.read(List.of(chunk)).getFirst());
        }
    }

    @AfterEach
    void leave() {
        client.close();
    }

    private void restart() throws Exception {
        client.close();
        bench.restart();
        client = bench.client(bench.server.packs.size());
    }

    private List<NodeReport.PackWritten> packs(int from) {
        return bench.server.packs.subList(from, from + PACKS);
    }

    private void damageAll() throws BackupException {
        for (int i = 0; i < PACKS; i++) {
            bench.damage(packs(0).get(i), frames.get(chunks.get(i)));
        }
    }

    private PackAnswer.Verified verify() throws BackupException {
        return bench.verify(packs(0).stream().map(NodeReport.PackWritten::pack).toArray(PackId[]::new));
    }

    private List<ChunkId> lost() throws BackupException {
        return verify().damaged().stream().flatMap(pack -> pack.chunks().stream()).toList();
    }

    private List<ChunkId> missing() throws BackupException {
        return bench.missing(chunks);
    }

    /** It may have gone there since somebody looked. */
    @Test
    void aPackThatLiesInAnArchiveKeepsNoOtherFromBeingMended() throws Exception {
        PackId cold = packs(0).getFirst().pack();
        PackId sound = packs(0).getLast().pack();
        store.fault((doing, key) -> {
            if (doing.equals("read") && key.equals(VolumeKeys.pack(cold))) {
                throw BackupException.media("blob.archived", key, "the blob " + key + " lies in the archive", null);
            }
        });
        JobId job = new JobId(77);
        bench.server.order(new CopyOrder.BeginCopy(job, NodeBench.POOL, false, new NodeName("elsewhere"), new byte[32]), PoolAnswer.VolumeReady.class);
        PackAnswer.Copied came = bench.server.order(new HealOrder.MendPacks(job, NodeBench.POOL, new PoolName("copies"),
                List.of(new HealOrder.Wanted(cold, -1, -1), new HealOrder.Wanted(sound, -1, -1))), PackAnswer.Copied.class);
        assertEquals(List.of(sound), came.packs());
        assertEquals(List.of(cold), came.not().stream().map(PackAnswer.NotCopied::pack).toList());
        store.fault((doing, key) -> {});
    }

    @Test
    void theGoodCopyWinsWhicheverIsLearntFirst() throws Exception {
        damageAll();
        verify();
        storeEach();
        restart();
        // The pack of the damaged copy says nothing of the damage: only looking tells.
        PackAnswer.Verified found = verify();
        assertEquals(List.of(), found.damaged().stream().flatMap(pack -> pack.chunks().stream()).toList());
        assertEquals(new HashSet<>(chunks), new HashSet<>(found.damaged().stream().flatMap(pack -> pack.intact().stream()).toList()));
        assertEquals(List.of(), missing());
        ChunkAnswer.Located located = bench.server.order(new ChunkOrder.LocateChunks(NodeBench.POOL, NodeBench.GROUP, chunks), ChunkAnswer.Located.class);
        assertEquals(new HashSet<>(packs(PACKS).stream().map(NodeReport.PackWritten::pack).toList()),
                new HashSet<>(located.places().stream().map(ChunkAnswer.ChunkPlace::pack).toList()));
        for (ChunkId chunk : chunks) {
            assertEquals(List.of(frames.get(chunk)), client.read(List.of(chunk)));
        }
    }

    private void assertHealsAfterRestart() throws Exception {
        restart();
        assertEquals(new HashSet<>(chunks), new HashSet<>(missing()));
        for (ChunkId chunk : chunks) {
            assertFalse(client.known(chunk));
        }
        storeEach();
        restart();
        ChunkAnswer.Located located = bench.server.order(new ChunkOrder.LocateChunks(NodeBench.POOL, NodeBench.GROUP, chunks), ChunkAnswer.Located.class);
        assertEquals(new HashSet<>(packs(PACKS).stream().map(NodeReport.PackWritten::pack).toList()),
                new HashSet<>(located.places().stream().map(ChunkAnswer.ChunkPlace::pack).toList()));
        assertEquals(List.of(), missing());
        for (ChunkId chunk : chunks) {
            assertEquals(List.of(frames.get(chunk)), client.read(List.of(chunk)));
        }
        assertEquals(List.of(), lost());
    }

    @Test
    void whatVerifyFoundDamagedIsStoredAgainAfterARestart() throws Exception {
        damageAll();
        assertEquals(new HashSet<>(chunks), new HashSet<>(lost()));
        assertHealsAfterRestart();
    }

    @Test
    void whatAReadFoundDamagedIsStoredAgainAfterARestart() throws Exception {
        damageAll();
        assertTrue(client.read(chunks).stream().allMatch(UNREADABLE::equals));
        assertHealsAfterRestart();
    }

    @Test
    void aMarkThatCannotBeReadStandsForTheWholePack() throws Exception {
        damageAll();
        lost();
        List<String> marks = store.keys("damaged/");
        assertEquals(PACKS, marks.size());
        marks.forEach(mark -> store.damage(mark, 9));
        assertHealsAfterRestart();
    }

    @Test
    void aNewMarkTakesThePlaceOfTheOldAndGoesWithTheDamage() throws Exception {
        List<ChunkId> two = client.newChunks(2);
        client.store(two, 1_000);
        NodeReport.PackWritten pack = bench.server.packs.getLast();
        List<ByteBuffer> whole = client.read(two);
        String mark = "damaged" + pack.position().substring("packs".length()) + "-";
        bench.damage(pack, whole.get(0));
        client.read(two);
        assertEquals(List.of(mark + 1), store.keys("damaged/"));
        client.read(two);
        bench.verify(pack.pack());
        assertEquals(List.of(mark + 1), store.keys("damaged/"), "nothing new");
        bench.damage(pack, whole.get(1));
        bench.verify(pack.pack());
        assertEquals(List.of(mark + 2), store.keys("damaged/"));
        restart();
        assertFalse(client.known(two.get(0)) || client.known(two.get(1)));
        bench.mend(pack, whole.get(0));
        bench.mend(pack, whole.get(1));
        assertEquals(List.of(), bench.verify(pack.pack()).damaged());
        assertEquals(List.of(), store.keys("damaged/"));
        restart();
        assertTrue(client.known(two.get(0)) && client.known(two.get(1)));
    }

    @Test
    void damageThatCannotBeNotedIsToldAllTheSame() throws Exception {
        damageAll();
        store.fault((doing, key) -> {
            if (key.startsWith("damaged/")) {
                throw BackupException.media("device.full", "memory", "there is no room", null);
            }
        });
        assertEquals(new HashSet<>(chunks), new HashSet<>(lost()));
        assertEquals(new HashSet<>(chunks), new HashSet<>(missing()));
        assertTrue(client.read(chunks).stream().allMatch(UNREADABLE::equals));
        store.fault((doing, key) -> {});
        lost();
        assertHealsAfterRestart();
    }

    /** Two sound copies of the first chunk, the other pack's the best one; returns the best one's pack. */
    private NodeReport.PackWritten twoCopies() throws Exception {
        ChunkId chunk = chunks.getFirst();
        NodeReport.PackWritten pack = bench.server.packs.getFirst();
        ByteBuffer frame = frames.get(chunk);
        bench.damage(pack, frame);
        bench.verify(pack.pack());
        client.store(List.of(chunk), 1_000);
        bench.mend(pack, frame);
        bench.verify(pack.pack());
        return bench.server.packs.getLast();
    }

    private ChunkAnswer.ChunkPlace place(ChunkId chunk) throws BackupException {
        return bench.server.order(new ChunkOrder.LocateChunks(NodeBench.POOL, NodeBench.GROUP, List.of(chunk)), ChunkAnswer.Located.class).places().getFirst();
    }

    private void cannotRead(NodeReport.PackWritten pack) {
        store.fault((doing, key) -> {
            if (doing.equals("read") && key.equals(pack.position())) {
                throw BackupException.device("device.io", "memory", "Input/output error", null);
            }
        });
    }

    @Test
    void aReadThatFailsTriesTheNextPlace() throws Exception {
        ChunkId chunk = chunks.getFirst();
        NodeReport.PackWritten best = twoCopies();
        assertEquals(best.pack(), place(chunk).pack());
        bench.damage(best, client.read(List.of(chunk)).getFirst());
        assertEquals(List.of(frames.get(chunk)), client.read(List.of(chunk)));
        assertEquals(packs(0).getFirst().pack(), place(chunk).pack());
        assertEquals(1, store.keys("damaged/").size());
        assertTrue(client.known(chunk));
    }

    @Test
    void aPlaceTheDeviceCannotReadIsAvoided() throws Exception {
        ChunkId chunk = chunks.getFirst();
        cannotRead(twoCopies());
        assertEquals(List.of(frames.get(chunk)), client.read(List.of(chunk)));
        assertEquals(packs(0).getFirst().pack(), place(chunk).pack());
        assertEquals(List.of(), store.keys("damaged/"), "it may be readable another time");
    }

    @Test
    void aPlaceOfAnotherSessionIsReadOnlyAfterItWasLocated() throws Exception {
        ChunkId chunk = chunks.getFirst();
        ChunkAnswer.ChunkPlace first = place(chunk);
        client.close();
        client = bench.client(2);
        NodeReport.PackWritten best = twoCopies();
        assertEquals(client.session, place(chunk).session());
        bench.damage(best, client.read(List.of(chunk)).getFirst());
        assertEquals(List.of(UNREADABLE), client.read(List.of(chunk)), "the key is one of the place that was located");
        assertEquals(first, place(chunk));
        assertEquals(List.of(frames.get(chunk)), client.read(List.of(chunk)));
    }

    @Test
    void aPlaceOfAnotherSessionIsLocatedOnceTheDeviceCannotReadTheFirst() throws Exception {
        ChunkId chunk = chunks.getFirst();
        ChunkAnswer.ChunkPlace first = place(chunk);
        client.close();
        client = bench.client(2);
        cannotRead(twoCopies());
        assertEquals(List.of(UNREADABLE), client.read(List.of(chunk)));
        assertEquals(first, place(chunk));
        assertEquals(List.of(frames.get(chunk)), client.read(List.of(chunk)));
    }
}
