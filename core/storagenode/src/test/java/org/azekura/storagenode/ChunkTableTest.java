package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.junit.jupiter.api.Test;

class ChunkTableTest {

    private final ChunkTable table = new ChunkTable();

    private static ChunkTable.Place place(int pack) {
        return new ChunkTable.Place(pack, 70, 100 + pack, 2, false);
    }

    @Test
    void findsEverythingItWasGivenAndNothingElse() {
        long seed = System.nanoTime();
        TestFrames ids = new TestFrames(seed);
        Random random = new Random(seed);
        Map<ChunkId, ChunkTable.Place> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            ChunkId id = ids.id();
            ChunkTable.Place place = new ChunkTable.Place(random.nextInt(1 << 30), random.nextInt(1 << 30), 1 + random.nextInt(1 << 22),
                    random.nextInt(1000), false);
            table.put(id, place);
            expected.put(id, place);
        }
        expected.forEach((id, place) -> assertEquals(place, table.get(id), () -> "seed " + seed));
        for (int i = 0; i < 1000; i++) {
            assertNull(table.get(ids.id()), "seed " + seed);
        }
        assertEquals(20_000, table.size());
    }

    @Test
    void idsThatShareEveryHashedBitAreToldApart() {
        for (int i = 0; i < 200; i++) {
            table.put(new ChunkId(i, 5, 5, 5), place(i));
        }
        for (int i = 0; i < 200; i++) {
            assertEquals(place(i), table.get(new ChunkId(i, 5, 5, 5)));
        }
    }

    @Test
    void idsAtBothEndsOfTheTableAreFound() {
        for (int i = 0; i < 100; i++) {
            table.put(new ChunkId(i, -1, 0, 0), place(i));
            table.put(new ChunkId(i, 0, 0, 0), place(1000 + i));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(place(i), table.get(new ChunkId(i, -1, 0, 0)));
            assertEquals(place(1000 + i), table.get(new ChunkId(i, 0, 0, 0)));
        }
        assertNull(table.get(new ChunkId(100, -1, 0, 0)));
    }

    @Test
    void aSoundChunkStaysWhereItIsAndADamagedOneMoves() {
        ChunkId id = new ChunkId(1, 2, 3, 4);
        table.put(id, place(1));
        table.put(id, place(2));
        assertEquals(1, table.get(id).pack());
        table.damaged(id, 2);
        assertEquals(place(1), table.get(id), "it does not lie in pack 2");
        table.damaged(id, 1);
        table.damaged(id, 1);
        assertEquals(new ChunkTable.Place(1, 70, 101, 2, true), table.get(id));
        table.put(id, place(3));
        assertEquals(place(3), table.get(id));
        assertEquals(1, table.size());
    }

    @Test
    void namesTheChunksOfAPack() {
        List<ChunkId> found = new ArrayList<>();
        HashSet<ChunkId> expected = new HashSet<>();
        TestFrames ids = new TestFrames(1);
        for (int i = 0; i < 100; i++) {
            ChunkId id = ids.id();
            table.put(id, place(i % 3));
            if (i % 3 == 1) {
                expected.add(id);
                if (i % 2 == 0) {
                    table.damaged(id, 1);
                }
            }
        }
        table.chunksOf(1, found::add);
        assertEquals(expected, new HashSet<>(found));
        assertEquals(expected.size(), found.size());
    }
}
