package org.azekura.storagenode.client;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.device.Terms;
import org.azekura.storagenode.device.Device;
import org.azekura.storagenode.index.ChunkIndex;
import org.azekura.storagenode.index.KnownPack;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    private static final Terms FAR = new Terms(Terms.Medium.CLOUD, Duration.ofMillis(100), -1, 0, 0);
    private static final int MIB = 1 << 20;

    private final Semaphore room = new Semaphore(Neighbours.ROOM_BYTES);
    private final List<ChunkId> asked = new ArrayList<>();
    private final Map<ChunkId, ChunkIndex.Found> places = new HashMap<>();

    /** Asks for a chunk that lies there. */
    private void lies(int pack, int from, int length) {
        ChunkId chunk = new ChunkId(asked.size(), 0, 0, 0);
        asked.add(chunk);
        places.put(chunk, new ChunkIndex.Found(chunk, new KnownPack(pack, new PackId(pack, pack), false, null, Integer.MAX_VALUE, 1, Instant.EPOCH), from, length, null, false));
    }

    private Neighbours neighbours(Terms terms) throws BackupException {
        return new Neighbours(asked.iterator(), chunk -> places.containsKey(chunk) ? List.of(places.get(chunk)) : List.of(), terms, room);
    }

    /** How many chunks each request has. */
    private List<Integer> runs(Terms terms) throws BackupException {
        List<Integer> runs = new ArrayList<>();
        try (Neighbours all = neighbours(terms)) {
            while (all.hasNext()) {
                try (Neighbours.Run run = all.next()) {
                    runs.add(run.wanted().size());
                }
            }
        }
        return runs;
    }

    @Test
    void joinsWhatLiesSideBySideInOnePackWhereARequestIsDear() throws Exception {
        lies(1, 100, 50);
        lies(1, 150, 50);
        lies(2, 200, 50);
        lies(1, 250, 50);
        assertEquals(List.of(2, 1, 1), runs(FAR));
        assertEquals(List.of(2, 1, 1), runs(new Terms(Terms.Medium.DISK, Duration.ZERO, -1, 0, 400)), "or is paid for");
        assertEquals(List.of(1, 1, 1, 1), runs(Terms.OF_A_DISK));
    }

    @Test
    void readsOverSmallGapsAndNeverBack() throws Exception {
        lies(1, 0, 50);
        lies(1, 50 + Neighbours.GAP_BYTES, 50);
        lies(1, 101 + 2 * Neighbours.GAP_BYTES, 50);
        lies(1, 0, 50);
        lies(1, 20, 50);
        assertEquals(List.of(2, 1, 1, 1), runs(FAR));
    }

    @Test
    void readsNoMoreThanARunAtOnce() throws Exception {
        for (int i = 0; i < 20; i++) {
            lies(1, i * MIB, MIB);
        }
        assertEquals(List.of(8, 8, 4), runs(FAR));
    }

    @Test
    void aDeviceWithABoundGivesARunInSeconds() throws Exception {
        for (int i = 0; i < 20; i++) {
            lies(1, i * 100_000, 100_000);
        }
        assertEquals(List.of(8, 8, 4), runs(slow(100_000)));
        assertEquals(Neighbours.ROOM_BYTES, room.availablePermits());
        assertEquals(List.of(20), runs(slow(Long.MAX_VALUE)));
        assertEquals(20, runs(slow(12_000)).size(), "a chunk that takes longer comes alone");
    }

    private static Terms slow(long bytesPerSecond) {
        return new Terms(Terms.Medium.CLOUD, Duration.ofMillis(100), bytesPerSecond, 0, 0);
    }

    @Test
    void aRunThatIsTooLateIsReadChunkByChunkAndWaitedForOnce() throws Exception {
        List<String> waits = new ArrayList<>();
        Device.Call<List<ByteBuffer>> late = ChunkReads.joined(2, () -> {
            waits.add("waited");
            throw BackupException.device("device.timeout", "d1", "device d1 did not read within 240 s", null);
        });
        assertEquals(Arrays.asList(null, null), late.await());
        assertEquals(Arrays.asList(null, null), late.await());
        assertEquals(1, waits.size());
        Device.Call<List<ByteBuffer>> gone = ChunkReads.joined(2, () -> {
            throw BackupException.device("device.closed", "d1", "device d1 is gone", null);
        });
        assertRefused("device.closed", gone::await);
    }

    @Test
    void whatLiesNowhereEndsARun() throws Exception {
        lies(1, 0, 50);
        asked.add(new ChunkId(99, 0, 0, 0));
        lies(1, 50, 50);
        assertEquals(List.of(1, 1, 1), runs(FAR));
        asked.clear();
        assertEquals(List.of(), runs(FAR));
    }

    @Test
    void readsOneByOneWhileAllRoomIsTaken() throws Exception {
        int runs = Neighbours.ROOM_BYTES / Neighbours.RUN_BYTES;
        for (int i = 0; i < runs * 8 + 9; i++) {
            lies(1, i * MIB, MIB);
        }
        try (Neighbours all = neighbours(FAR)) {
            List<Neighbours.Run> open = new ArrayList<>();
            for (int i = 0; i < runs; i++) {
                open.add(all.next());
                assertEquals(8, open.getLast().wanted().size());
            }
            assertEquals(1, all.next().wanted().size());
            open.getFirst().close();
            open.getFirst().close();
            assertEquals(8, all.next().wanted().size());
        }
        assertEquals(8, runs(FAR).getFirst(), "what was left open was given back");
    }

    @Test
    void givesBackItsRoomWhenPlacesCantBeTold() throws Exception {
        lies(1, 0, 50);
        lies(1, 50, 50);
        Neighbours.Places closed = chunk -> {
            if (chunk.equals(asked.getLast())) {
                throw BackupException.operator("pool.closed", "p1", "the pool is closed");
            }
            return List.of(places.get(chunk));
        };
        try (Neighbours all = new Neighbours(asked.iterator(), closed, FAR, room)) {
            assertRefused("pool.closed", all::next);
        }
        assertEquals(Neighbours.ROOM_BYTES, room.availablePermits());
    }
}
