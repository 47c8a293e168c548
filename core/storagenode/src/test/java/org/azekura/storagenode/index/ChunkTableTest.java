package org.azekura.storagenode.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkTableTest {

    @TempDir
    Path dir;

    private ChunkTable table;

    @BeforeEach
    void create() throws IOException {
        table = ChunkTable.create(dir.resolve("chunks"), 7, 3, 16);
    }

    @AfterEach
    void close() {
        table.close();
    }

    private static Place place(int pack) {
        return new Place(pack, 70, 100 + pack, 2, false, false);
    }

    private static Place damaged(int pack) {
        return new Place(pack, 70, 100 + pack, 2, true, false);
    }

    private void put(ChunkId id, Place place) throws IOException {
        if (table.full()) {
            table = table.grown();
        }
        table.put(id, place);
    }

    private Place get(ChunkId id) {
        return table.get(id, pack -> true);
    }

    private List<Place> all(ChunkId id) {
        return table.all(id, pack -> true);
    }

    @Test
    void findsEverythingItWasGivenAndNothingElse() throws IOException {
        long seed = System.nanoTime();
        Ids ids = new Ids(seed);
        Random random = new Random(seed);
        Map<ChunkId, Place> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            ChunkId id = ids.id();
            Place place = new Place(random.nextInt(Place.MAX_PACK + 1), random.nextInt(1 << 30), 1 + random.nextInt(1 << 22),
                    random.nextInt(1000), false, random.nextBoolean());
            put(id, place);
            expected.put(id, place);
        }
        expected.forEach((id, place) -> assertEquals(place, get(id), () -> "seed " + seed));
        for (int i = 0; i < 1000; i++) {
            assertNull(get(ids.id()), "seed " + seed);
        }
        assertEquals(20_000, table.size());
    }

    @Test
    void idsThatShareEveryHashedBitAreToldApart() throws IOException {
        for (int i = 0; i < 200; i++) {
            put(new ChunkId(i, 5, 5, 5), place(i));
        }
        for (int i = 0; i < 200; i++) {
            assertEquals(place(i), get(new ChunkId(i, 5, 5, 5)));
        }
    }

    @Test
    void idsAtBothEndsOfTheTableAreFound() throws IOException {
        for (int i = 0; i < 100; i++) {
            put(new ChunkId(i, -1, 0, 0), place(i));
            put(new ChunkId(i, 0, 0, 0), place(1000 + i));
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(place(i), get(new ChunkId(i, -1, 0, 0)));
            assertEquals(place(1000 + i), get(new ChunkId(i, 0, 0, 0)));
        }
        assertNull(get(new ChunkId(100, -1, 0, 0)));
    }

    @Test
    void theFirstSoundPlaceIsTheBest() throws IOException {
        ChunkId id = new ChunkId(1, 2, 3, 4);
        put(id, place(1));
        put(id, place(2));
        put(id, place(2));
        assertEquals(List.of(place(1), place(2)), all(id));
        table.damaged(id, 3);
        assertEquals(place(1), get(id), "it does not lie in pack 3");
        table.damaged(id, 1);
        table.damaged(id, 1);
        assertEquals(List.of(place(2), damaged(1)), all(id));
        table.damaged(id, 2);
        assertTrue(get(id).damaged());
        put(id, place(3));
        assertEquals(place(3), get(id));
        assertEquals(3, all(id).size());
        assertEquals(3, table.size());
    }

    @Test
    void aSoundPlaceWinsWhicheverIsLearntFirst() throws IOException {
        for (boolean markFirst : new boolean[] {true, false}) {
            ChunkId id = new ChunkId(1, 2, 3, markFirst ? 4 : 5);
            put(id, place(1));
            if (markFirst) {
                table.damaged(id, 1);
            }
            put(id, place(2));
            table.damaged(id, 1);
            assertEquals(place(2), get(id));
            table.sound(pack -> pack == 1);
            assertEquals(List.of(place(2), place(1)), all(id));
        }
    }

    @Test
    void whatWasMendedInAnotherPlaceIsTheBestAgain() throws IOException {
        ChunkId id = new ChunkId(1, 2, 3, 4);
        put(id, place(1));
        put(id, place(2));
        table.damaged(id, 2);
        table.damaged(id, 1);
        table.sound(pack -> pack == 2);
        assertEquals(List.of(place(2), damaged(1)), all(id));
    }

    @Test
    void growingKeepsMarks() throws IOException {
        Ids ids = new Ids(1);
        ChunkId id = ids.id();
        put(id, place(1));
        table.damaged(id, 1);
        for (int i = 0; i < 1000; i++) {
            ChunkId other = ids.id();
            put(other, place(2));
            assertFalse(get(other).damaged());
        }
        assertEquals(damaged(1), get(id));
    }
}
