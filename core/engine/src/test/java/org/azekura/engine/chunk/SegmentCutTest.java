package org.azekura.engine.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.azekura.engine.Seeded;
import org.junit.jupiter.api.Test;

class SegmentCutTest {

    private static final byte[] KEY = new byte[ChunkNamer.KEY_BYTES];

    private static List<byte[]> files(Random random, int count, int bound) {
        List<byte[]> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(Seeded.bytes(random, random.nextInt(bound)));
        }
        return files;
    }

    /** Which files end a segment. */
    private static List<byte[]> ends(List<byte[]> files) {
        return ends(files, KEY);
    }

    private static List<byte[]> ends(List<byte[]> files, byte[] key) {
        SegmentCut cut = new SegmentCut(key);
        return files.stream().filter(f -> cut.endsAfter(f, 0, f.length)).toList();
    }

    @Test
    void segmentsAreWithinTheirBounds() {
        Seeded.run(random -> {
            SegmentCut cut = new SegmentCut(KEY);
            long bytes = 0;
            long all = 0;
            int segments = 0;
            for (byte[] file : files(random, 6000, 30_000)) {
                bytes += file.length;
                all += file.length;
                boolean ends = cut.endsAfter(file, 0, file.length);
                long found = bytes;
                assertTrue(!ends || found >= SegmentCut.MIN, () -> "ends at " + found);
                assertTrue(ends || found < SegmentCut.MAX, () -> "goes on at " + found);
                segments += ends ? 1 : 0;
                bytes = ends ? 0 : bytes;
            }
            assertEquals(3 << 19, (double) all / segments, 0.3 * (3 << 19));
        });
    }

    @Test
    void aNewFileMovesOnlyTheEndsNearIt() {
        Seeded.run(random -> {
            List<byte[]> files = files(random, 5000, 20_000);
            List<byte[]> before = ends(files);
            files.add(random.nextInt(files.size()), Seeded.bytes(random, 15_000));
            List<byte[]> after = new ArrayList<>(ends(files));
            after.removeAll(before);
            assertTrue(after.size() <= 12, () -> after.size() + " of " + before.size() + " ends moved");
        });
    }

    @Test
    void anotherPoolCutsElsewhere() {
        byte[] other = KEY.clone();
        other[0] = 1;
        Seeded.run(random -> {
            List<byte[]> files = files(random, 5000, 20_000);
            List<byte[]> found = ends(files, other);
            int all = found.size();
            found = new ArrayList<>(found);
            found.retainAll(ends(files));
            int common = found.size();
            assertTrue(common < all / 3, () -> common + " of " + all + " ends are the same");
        });
    }

    @Test
    void theEndsAreThoseOfTheGrammar() {
        // By hand, with Python: hkdf, hmac and a table-driven CRC-32C.
        SegmentCut cut = new SegmentCut(KEY);
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            byte[] file = new byte[8192];
            file[0] = (byte) i;
            file[1] = (byte) (i >> 8);
            if (cut.endsAfter(file, 0, file.length)) {
                ends.add(i);
            }
        }
        assertEquals(List.of(207, 370), ends);
    }

    @Test
    void emptyFilesAreBoundedByTheirNumber() {
        SegmentCut cut = new SegmentCut(KEY);
        TreeSet<Integer> ends = new TreeSet<>();
        for (int i = 1; i <= 9000; i++) {
            if (cut.endsAfter(new byte[0], 0, 0)) {
                ends.add(i);
            }
        }
        assertEquals(new TreeSet<>(List.of(4096, 8192)), ends);
    }

    @Test
    void resetBeginsANewSegment() {
        SegmentCut cut = new SegmentCut(KEY);
        byte[] half = new byte[SegmentCut.MAX - 1];
        cut.endsAfter(half, 0, 1);
        cut.reset();
        assertEquals(new SegmentCut(KEY).endsAfter(half, 0, half.length), cut.endsAfter(half, 0, half.length));
    }
}
