package org.azekura.client.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.message.RestoreQuestion;
import org.azekura.client.job.Breaker;
import org.junit.jupiter.api.Test;

class FurtherChunksTest {

    /** Chunks that one place has, by number; it breaks behind so many. */
    private record Store(Set<Integer> has, int breaksBehind) implements ChunkSource {

        Store(Integer... has) {
            this(Set.of(has), Integer.MAX_VALUE);
        }

        @Override
        public void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
            int handed = 0;
            for (ChunkId chunk : wanted.keySet()) {
                if (handed++ == breaksBehind) {
                    throw BackupException.network("transport.closed", "", "the link broke", null);
                }
                taker.take(chunk, has.contains((int) chunk.a()) ? new byte[] {(byte) chunk.a(), 0} : null, 7);
            }
        }
    }

    private final List<Store> others = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> came = new ArrayList<>();
    private final Map<Integer, byte[]> taken = new HashMap<>();

    private final FurtherChunks.Places places = new FurtherChunks.Places() {

        @Override
        public FurtherChunks.Place next(List<ChunkId> chunks, int from) {
            asked.add(from + ": " + (chunks.size() > 10 ? chunks.size() : chunks.stream().map(ChunkId::a).toList()));
            if (from >= others.size()) {
                return null;
            }
            Map<ChunkId, byte[]> keys = new LinkedHashMap<>();
            chunks.forEach(chunk -> keys.put(chunk, new byte[32]));
            return new FurtherChunks.Place(from, new PoolName("p" + from), keys, others.get(from));
        }

        @Override
        public void came(FurtherChunks.Place place, int chunks, long bytes) {
            came.add(place.pool() + " " + chunks + " " + bytes);
        }

        @Override
        public void broke(FurtherChunks.Place place, BackupException why) {
            came.add(place.pool() + " broke");
        }
    };

    private void read(ChunkSource first, int chunks) throws BackupException {
        Map<ChunkId, byte[]> wanted = new LinkedHashMap<>();
        IntStream.range(0, chunks).forEach(i -> wanted.put(new ChunkId(i, 0, 0, 0), new byte[32]));
        new FurtherChunks(first, places).read(wanted, (chunk, content, stored) -> {
            assertTrue(!taken.containsKey((int) chunk.a()), () -> chunk + " is handed over twice");
            taken.put((int) chunk.a(), content);
        });
    }

    @Test
    void whatTheFirstPlaceHasIsNotAskedFor() throws BackupException {
        read(new Store(0, 1, 2), 3);
        assertEquals(3, taken.size());
        assertEquals(List.of(), asked);
    }

    @Test
    void whatItLacksComesFromTheNextThatHasIt() throws BackupException {
        others.add(new Store(1));
        others.add(new Store(2, 3));
        read(new Store(0, 4), 5);
        taken.forEach((chunk, content) -> assertEquals((byte) (int) chunk, content[0]));
        assertEquals(List.of("0: [1, 2, 3]", "1: [2, 3]"), asked);
        assertEquals(List.of("p0 1 2", "p1 2 4"), came);
    }

    @Test
    void whatNoPlaceHasIsLostAndAllElseIsNot() throws BackupException {
        others.add(new Store(1));
        read(new Store(0), 3);
        assertNull(taken.get(2));
        assertTrue(taken.containsKey(2));
        assertEquals(1, taken.get(1)[0]);
        assertEquals(List.of("0: [1, 2]", "1: [2]"), asked);
    }

    @Test
    void aPlaceThatBreaksInTheMiddleLeavesTheRestToTheNext() throws BackupException {
        others.add(new Store(Set.of(0, 1, 2), 1));
        others.add(new Store(0, 1, 2));
        read(new Store(), 3);
        assertEquals(List.of("p0 broke", "p0 1 2", "p1 2 4"), came);
        assertEquals(List.of("0: [0, 1, 2]", "1: [1, 2]"), asked);
    }

    @Test
    void aPlaceThatCantBeReachedIsPassedOver() throws BackupException {
        others.add(null);
        others.add(new Store(0));
        read(new Store(), 1);
        assertEquals(0, taken.get(0)[0]);
    }

    @Test
    void whereTheFirstPlaceBreaksTheServerIsToSayWhatThen() {
        others.add(new Store(0, 1, 2));
        assertEquals("transport.closed", assertThrows(BackupException.class, () -> read(new Store(Set.of(0, 1, 2), 1), 3)).failure().code());
        assertEquals(List.of(), asked);
    }

    @Test
    void noQuestionIsTooLarge() throws BackupException {
        others.add(new Store());
        read(new Store(), RestoreQuestion.MAX_CHUNKS + 100);
        assertEquals(List.of("0: " + RestoreQuestion.MAX_CHUNKS, "1: " + RestoreQuestion.MAX_CHUNKS, "0: 100", "1: 100"), asked);
        assertEquals(RestoreQuestion.MAX_CHUNKS + 100, taken.size());
    }

    @Test
    void anOlderServerTakesNoQuestions() throws BackupException {
        Breaker breaker = new Breaker(new JobId(1));
        Questions questions = new Questions(breaker, Duration.ofMillis(1));
        OtherPlaces none = new OtherPlaces(questions, breaker, node -> {
            throw new AssertionError("nobody named a node");
        });
        assertNull(none.next(List.of(new ChunkId(1, 0, 0, 0)), 0));
        assertNull(none.next(List.of(new ChunkId(2, 0, 0, 0)), 0));
    }
}
