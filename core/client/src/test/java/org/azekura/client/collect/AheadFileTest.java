package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AheadFileTest {

    private static final int PIECE = 1 << 20;
    private static final long SIZE = 400L * PIECE;

    private record Range(long at, long bytes) {}

    private final List<Range> advised = new ArrayList<>();
    private long clock;

    private void read(long nanosPerPiece) throws Exception {
        AheadFile file = new AheadFile((at, into, offset, wanted) -> {
            clock += nanosPerPiece;
            return wanted;
        }, (at, bytes) -> advised.add(new Range(at, bytes)), SIZE, new Readers(), () -> clock);
        byte[] into = new byte[PIECE];
        for (long at = 0; at < SIZE; at += PIECE) {
            assertEquals(PIECE, file.read(at, into, 0, PIECE));
            for (Range range : advised) {
                assertTrue(range.at + range.bytes <= Math.min(SIZE, at + PIECE + Readers.MOST * AheadFile.AHEAD_BYTES), "too far ahead");
            }
        }
    }

    @Test
    void nothingIsAskedForWhereReadingIsFast() throws Exception {
        read(200_000);
        assertEquals(List.of(), advised);
    }

    @Test
    void whereItIsSlowRangesFollowEachOtherWithoutOverlapAndEndWithTheFile() throws Exception {
        read(20_000_000);
        assertTrue(advised.size() > 1);
        for (int i = 1; i < advised.size(); i++) {
            Range before = advised.get(i - 1);
            assertTrue(advised.get(i).at >= before.at + before.bytes, "ranges overlap");
        }
        assertTrue(advised.stream().mapToLong(Range::bytes).sum() <= SIZE);
    }
}
