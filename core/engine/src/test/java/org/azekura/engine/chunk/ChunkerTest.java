package org.azekura.engine.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.azekura.api.ChunkSizes;
import org.azekura.engine.Seeded;
import org.junit.jupiter.api.Test;

class ChunkerTest {

    private static final ChunkSizes SMALL = new ChunkSizes(256, 1024, 4096);
    private static final byte[] KEY = Arrays.copyOf(new byte[] {1, 2, 3}, 32);

    private final Chunker chunker = new Chunker(SMALL, KEY);

    private List<Integer> lengths(Chunker cutter, byte[] content) {
        List<Integer> lengths = new ArrayList<>();
        for (int at = 0; at < content.length; at += lengths.getLast()) {
            lengths.add(cutter.cut(content, at, content.length, true));
        }
        return lengths;
    }

    private Set<List<Byte>> chunks(byte[] content) {
        Set<List<Byte>> chunks = new HashSet<>();
        int at = 0;
        for (int length : lengths(chunker, content)) {
            List<Byte> chunk = new ArrayList<>();
            for (int i = at; i < at + length; i++) {
                chunk.add(content[i]);
            }
            chunks.add(chunk);
            at += length;
        }
        return chunks;
    }

    @Test
    void lengthsAreWithinTheirBoundsAndCoverTheContent() {
        Seeded.run(random -> {
            for (int round = 0; round < 200; round++) {
                byte[] content = Seeded.bytes(random, 1 + random.nextInt(20_000));
                List<Integer> lengths = lengths(chunker, content);
                assertEquals(content.length, lengths.stream().mapToInt(l -> l).sum());
                for (int length : lengths.subList(0, lengths.size() - 1)) {
                    assertTrue(length >= SMALL.min() && length <= SMALL.max(), () -> "length " + length);
                }
                assertTrue(lengths.getLast() <= SMALL.max());
            }
        });
    }

    @Test
    void endsDoNotDependOnHowMuchIsInTheBuffer() {
        Seeded.run(random -> {
            byte[] content = Seeded.bytes(random, 100_000);
            List<Integer> found = new ArrayList<>();
            int at = 0;
            while (at < content.length) {
                int there = Math.min(content.length - at, SMALL.max() + random.nextInt(3000));
                int before = random.nextInt(50);
                byte[] buffer = new byte[before + there + random.nextInt(50)];
                System.arraycopy(content, at, buffer, before, there);
                int length = chunker.cut(buffer, before, before + there, at + there == content.length);
                found.add(length);
                at += length;
            }
            assertEquals(lengths(chunker, content), found);
        });
    }

    @Test
    void onlyChunksNearAnInsertionChange() {
        Seeded.run(random -> {
            byte[] content = Seeded.bytes(random, 300_000);
            int where = random.nextInt(content.length);
            byte[] inserted = Seeded.bytes(random, 1 + random.nextInt(100));
            byte[] changed = new byte[content.length + inserted.length];
            System.arraycopy(content, 0, changed, 0, where);
            System.arraycopy(inserted, 0, changed, where, inserted.length);
            System.arraycopy(content, where, changed, where + inserted.length, content.length - where);
            Set<List<Byte>> fresh = chunks(changed);
            int all = fresh.size();
            fresh.removeAll(chunks(content));
            assertTrue(fresh.size() <= 30, () -> fresh.size() + " of " + all + " chunks are new");
        });
    }

    @Test
    void anEndDependsOnTheLast64BytesOnly() {
        byte[] content = Seeded.bytes(new Random(7), 50_000);
        int length = chunker.cut(content, 0, content.length, true);
        assertTrue(length > SMALL.min() && length < SMALL.max(), "the test needs an end by content");
        byte[] other = content.clone();
        Arrays.fill(other, 0, SMALL.min() - 64, (byte) 0);
        assertEquals(length, chunker.cut(other, 0, other.length, true));
    }

    @Test
    void meanLengthIsAboutTheAverage() {
        byte[] content = Seeded.bytes(new Random(1), 4 << 20);
        double mean = (double) content.length / lengths(chunker, content).size();
        assertEquals(SMALL.average() * 1.1, mean, SMALL.average() * 0.15);
    }

    @Test
    void emptyRunsAreCutAtTheMaximum() {
        assertEquals(SMALL.max(), chunker.cut(new byte[10_000], 0, 10_000, true));
    }

    @Test
    void anotherKeyCutsElsewhere() {
        byte[] content = Seeded.bytes(new Random(2), 100_000);
        assertNotEquals(lengths(chunker, content), lengths(new Chunker(SMALL, new byte[32]), content));
    }

    /** The cut is a format: if this changes, nothing that is stored is found again. Values made by a second implementation in Python. */
    @Test
    void cutsWhereItAlwaysDid() {
        byte[] content = Seeded.bytes(new Random(3), 12_000);
        assertEquals(List.of(1027, 270, 687, 835, 1099, 1377, 1156, 464, 946, 1151, 1418, 1241, 329),
                lengths(chunker, content));
        byte[] large = Seeded.bytes(new Random(3), 6 << 20);
        assertEquals(List.of(1217087, 451995, 753233, 902656, 1053514, 1394804, 518167),
                lengths(new Chunker(ChunkSizes.DEFAULT, KEY), large));
    }

    @Test
    void refusesTooLittleContent() {
        assertThrows(IllegalArgumentException.class, () -> chunker.cut(new byte[5000], 0, SMALL.max() - 1, false));
        assertThrows(IllegalArgumentException.class, () -> chunker.cut(new byte[5000], 7, 7, true));
        assertThrows(IndexOutOfBoundsException.class, () -> chunker.cut(new byte[5000], 0, 5001, true));
        assertThrows(IllegalArgumentException.class, () -> new Chunker(SMALL, new byte[31]));
    }
}
