package org.azekura.storagenode.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
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
        table = ChunkTable.create(dir.resolve("chunks"), 7, 3, 16, Arena.ofAuto());
    }

    @AfterEach
    void close() {
        table.close();
    }

    private static Place place(int pack) {
        return new Place(pack, 70, 100 + pack, 2, false, 0);
    }

    private static Place damaged(int pack) {
        return new Place(pack, 70, 100 + pack, 2, true, 0);
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
                    random.nextInt(1000), false, random.nextInt(3) == 0 ? random.nextInt(Slots.MANY + 1) : 0);
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

    /** Compared with the plainest table there is. */
    @Test
    void anythingThatIsDoneToItLeavesWhatIsExpected() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<ChunkId, List<Place>> model = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            // Few keys, so that they meet; many share a home.
            ChunkId id = new ChunkId(random.nextInt(50), (long) random.nextInt(6) << 61, 3, 4);
            int pack = random.nextInt(20);
            List<Place> places = model.computeIfAbsent(id, key -> new ArrayList<>());
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    put(id, place(pack));
                    if (places.stream().noneMatch(place -> place.pack() == pack)) {
                        places.add(place(pack));
                    }
                }
                case 2 -> {
                    table.remove(id, pack);
                    places.removeIf(place -> place.pack() == pack);
                }
                case 3 -> {
                    table.damaged(id, pack);
                    places.replaceAll(place -> place.pack() == pack ? damaged(pack) : place);
                }
                case 4 -> {
                    if (random.nextInt(20) == 0) {
                        table.remove(number -> number == pack || number == pack + 1);
                        model.values().forEach(all -> all.removeIf(place -> place.pack() == pack || place.pack() == pack + 1));
                    }
                }
                default -> {
                    if (random.nextInt(20) == 0) {
                        table.sound(number -> number == pack);
                        model.values().forEach(all -> all.replaceAll(place -> place.pack() == pack ? place(pack) : place));
                    }
                }
            }
            List<Place> found = all(id);
            assertEquals(new HashSet<>(places), new HashSet<>(found), "step " + step + ", seed " + seed);
            assertEquals(places.size(), found.size());
            assertTrue(found.isEmpty() || found.getFirst().equals(get(id)));
            assertTrue(found.isEmpty() || !found.getFirst().damaged() || places.stream().allMatch(Place::damaged));
        }
        assertEquals(model.values().stream().mapToInt(List::size).sum(), table.size());
        model.forEach((id, places) -> assertEquals(new HashSet<>(places), new HashSet<>(all(id)), "seed " + seed));
    }

    @Test
    void aMarkStaysOnItsPlaceAndGoesAlongWithTheBest() {
        ChunkId id = new ChunkId(1, 2, 3, 4);
        assertFalse(table.refer(id, pack -> true));
        table.put(id, place(1));
        table.put(id, place(2));
        assertTrue(table.refer(id, pack -> true));
        assertEquals(List.of(true, false), all(id).stream().map(Place::marked).toList());
        table.damaged(id, 1);
        assertEquals(List.of(true, true), all(id).stream().map(Place::marked).toList());
        assertEquals(2, get(id).pack());
        table.damaged(id, 2);
        table.put(id, place(3));
        assertEquals(3, get(id).pack());
        assertTrue(get(id).marked(), "it heals what was marked");
        table.clearReferences();
        assertTrue(all(id).stream().noneMatch(Place::marked));
    }

    /** As if the process had been killed while slots were moved: some are there twice, some behind a gap. */
    @Test
    void aTableThatWasMovingSlotsIsCopied() throws IOException {
        Ids ids = new Ids(5);
        List<ChunkId> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(ids.id());
            put(all.getLast(), place(i));
        }
        table.close();
        Path file = dir.resolve("chunks");
        byte[] bytes = Files.readAllBytes(file);
        int free = -1;
        int taken = -1;
        for (int at = Slots.HEADER; at < bytes.length; at += Slots.SLOT) {
            boolean isFree = Arrays.equals(bytes, at, at + 4, new byte[4], 0, 4);
            free = isFree ? at : free;
            taken = isFree ? taken : at;
        }
        System.arraycopy(bytes, taken, bytes, free, Slots.SLOT);
        bytes[ChunkTable.MOVING_AT + 3] = 1;
        Files.write(file, bytes);
        table = ChunkTable.open(file, 7, 3, Arena.ofAuto());
        assertEquals(500, table.size());
        for (int i = 0; i < 500; i++) {
            assertEquals(place(i), get(all.get(i)));
        }
    }
}
