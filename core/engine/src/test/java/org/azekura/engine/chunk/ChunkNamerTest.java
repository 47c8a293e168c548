package org.azekura.engine.chunk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.azekura.api.ChunkId;
import org.junit.jupiter.api.Test;

class ChunkNamerTest {

    private final ChunkNamer namer = new ChunkNamer(Arrays.copyOf(new byte[] {1, 2, 3}, 32));

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    /** Values made by an independent HMAC and HKDF (Python's hmac module). */
    @Test
    void namesAreTheDocumentedHmacs() {
        assertEquals(ChunkId.parse("a286ecff53b49be45730031bd3ed45e158cd62344822ac3b8fb5b785c7b458cb"), namer.data(ascii("xhellox"), 1, 5));
        assertEquals(ChunkId.parse("15bebd4a80407bdbd9c3c332186a0d72c2d5ac3317761d7961909da44e679dbd"), namer.tree(ascii("ab"), ascii("c")));
        assertEquals(HexFormat.fromHexDigitsToLong("0307d627b8de4d26"), namer.linkGroup(ascii("/a/b")));
    }

    @Test
    void aPageNeverHasTheNameOfContent() {
        assertNotEquals(namer.data(ascii("\0\0\0\1ab"), 0, 6), namer.tree(ascii("a"), ascii("b")));
        assertNotEquals(namer.tree(ascii("a"), ascii("bc")), namer.tree(ascii("ab"), ascii("c")));
    }

    @Test
    void servesManyThreadsAtOnce() {
        byte[] content = new byte[10_000];
        ChunkId expected = namer.data(content, 0, content.length);
        long same = IntStream.range(0, 200).parallel().filter(i -> namer.data(content, 0, content.length).equals(expected)).count();
        assertEquals(200, same);
    }
}
