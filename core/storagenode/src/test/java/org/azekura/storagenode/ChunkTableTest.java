package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
    void theFirstSoundPlaceIsTheBest() {
        ChunkId id = new ChunkId(1, 2, 3, 4);
        table.put(id, place(1));
        table.put(id, place(2));
        table.put(id, place(2));
        assertEquals(List.of(place(1), place(2)), table.all(id));
        table.damaged(id, 3);
        assertEquals(place(1), table.get(id), "it does not lie in pack 3");
        table.damaged(id, 1);
        table.damaged(id, 1);
        assertEquals(List.of(place(2), place(1).damaged(true)), table.all(id));
        table.damaged(id, 2);
        assertTrue(table.get(id).damaged());
        table.put(id, place(3));
        assertEquals(place(3), table.get(id));
        assertEquals(3, table.all(id).size());
        assertEquals(1, table.size());
    }

    @Test
    void aSoundPlaceWinsWhicheverIsLearntFirst() {
        for (boolean markFirst : new boolean[] {true, false}) {
            ChunkId id = new ChunkId(1, 2, 3, markFirst ? 4 : 5);
            table.put(id, place(1));
            if (markFirst) {
                table.damaged(id, 1);
            }
            table.put(id, place(2));
            table.damaged(id, 1);
            assertEquals(place(2), table.get(id));
            table.sound(1);
            assertEquals(List.of(place(2), place(1)), table.all(id));
        }
    }

    @Test
    void whatWasMendedInAnotherPlaceIsTheBestAgain() {
        ChunkId id = new ChunkId(1, 2, 3, 4);
        table.put(id, place(1));
        table.put(id, place(2));
        table.damaged(id, 2);
        table.damaged(id, 1);
        table.sound(2);
        assertEquals(List.of(place(2), place(1).damaged(true)), table.all(id));
    }

    @Test
    void growingKeepsMarks() {
        TestFrames ids = new TestFrames(1);
        ChunkId id = ids.id();
        table.put(id, place(1));
        table.damaged(id, 1);
        for (int i = 0; i < 1000; i++) {
            ChunkId other = ids.id();
            table.put(other, place(2));
            assertFalse(table.get(other).damaged());
        }
        assertEquals(place(1).damaged(true), table.get(id));
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

    @Test
    void namesTheChunksOfAPackAndTheDamagedOnesAlsoWhereTheyAreNotTheBest() {
        ChunkId first = new ChunkId(1, 2, 3, 4);
        ChunkId second = new ChunkId(5, 6, 7, 8);
        for (ChunkId id : List.of(first, second)) {
            table.put(id, place(1));
            table.put(id, place(2));
        }
        table.damaged(first, 1);
        table.damaged(second, 2);
        for (int pack = 1; pack <= 2; pack++) {
            List<ChunkId> all = new ArrayList<>();
            List<ChunkId> damaged = new ArrayList<>();
            table.chunksOf(pack, all::add);
            table.damagedOf(pack, damaged::add);
            assertEquals(Set.of(first, second), new HashSet<>(all));
            assertEquals(2, all.size());
            assertEquals(List.of(pack == 1 ? first : second), damaged);
        }
    }
}
