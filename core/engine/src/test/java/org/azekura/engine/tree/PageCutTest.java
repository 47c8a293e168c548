package org.azekura.engine.tree;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.azekura.engine.chunk.ChunkNamer;
import org.junit.jupiter.api.Test;

class PageCutTest {

    private final PageCut cut = new PageCut(new ChunkNamer(key()));

    private static byte[] key() {
        byte[] key = new byte[ChunkNamer.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    private List<Integer> ends(int level) {
        return IntStream.range(0, 6000).filter(i -> cut.after(level, "name-%05d".formatted(i).getBytes(US_ASCII), 60)).boxed().toList();
    }

    /** Values made from the grammar alone, by a program in Python. */
    @Test
    void pagesEndWhereTheGrammarSays() {
        assertEquals(List.of(280, 2947, 4182, 5260), ends(0));
        assertEquals(List.of(284, 4979), ends(1));
        assertEquals(List.of(1, 3, 7, 9, 10, 11, 13, 14, 18),
                IntStream.range(0, 20).filter(i -> cut.after(0, new byte[] {(byte) 255, (byte) i}, 16384)).boxed().toList());
    }
}
