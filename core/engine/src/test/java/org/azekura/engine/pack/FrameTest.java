package org.azekura.engine.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.Seeded;
import org.azekura.engine.chunk.ChunkKind;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final ChunkId ID = new ChunkId(1, 2, 3, 4);

    private static void refuses(ByteBuffer frame) {
        BackupException e = assertThrows(BackupException.class, () -> Frame.parse(frame));
        assertEquals("frame.corrupt", e.failure().code());
    }

    @Test
    void comesApartAsItWasPutTogether() throws BackupException {
        ByteBuffer bytes = Frames.frame(new Random(1), ChunkKind.TREE, Frames.SESSION, 100);
        ByteBuffer within = ByteBuffer.allocateDirect(bytes.remaining() + 20).position(9).put(bytes.duplicate()).flip().position(9);
        Frame frame = Frame.parse(within.order(ByteOrder.LITTLE_ENDIAN));
        assertEquals(9, within.position());
        assertEquals(Frames.SESSION, frame.header().session());
        assertEquals(128, frame.sealed().remaining());
        assertEquals(bytes.remaining(), frame.header().frameLength());
        assertEquals(bytes.slice(Frame.HEADER_BYTES, frame.clear().remaining()), frame.clear());
        assertEquals(Frame.header(bytes), frame.header());
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] bytes = Frames.frame(new Random(2), ChunkKind.TREE, Frames.SESSION, 20).array();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            refuses(ByteBuffer.wrap(flipped));
        }
    }

    @Test
    void everyOtherLengthIsRefused() {
        byte[] bytes = Frames.frame(new Random(3), ChunkKind.DATA, Frames.SESSION, 20).array();
        for (int length = 0; length < bytes.length; length++) {
            refuses(ByteBuffer.wrap(bytes, 0, length));
        }
        refuses(ByteBuffer.allocate(bytes.length + 1).put(bytes).rewind());
    }

    @Test
    void lengthsOutOfBoundsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> header(ChunkKind.DATA, Codec.STORED, 0, 0, 28));
        assertThrows(IllegalArgumentException.class, () -> header(ChunkKind.DATA, Codec.STORED, (4 << 20) + 1, 0, (4 << 20) + 29));
        assertThrows(IllegalArgumentException.class, () -> header(ChunkKind.DATA, Codec.STORED, 10, 1, 38));
        assertThrows(IllegalArgumentException.class, () -> header(ChunkKind.TREE, Codec.STORED, 10, (1 << 20) + 1, 38));
        assertThrows(IllegalArgumentException.class, () -> header(ChunkKind.DATA, Codec.STORED, 10, 0, 37));
        assertThrows(IllegalArgumentException.class, () -> header(ChunkKind.DATA, Codec.ZSTD, 10, 0, 38));
        assertThrows(IllegalArgumentException.class, () -> header(ChunkKind.DATA, Codec.ZSTD, 10, 0, 28));
        assertEquals(Frame.MAX_BYTES, header(ChunkKind.TREE, Codec.STORED, 4 << 20, 1 << 20, (4 << 20) + 28).frameLength());
    }

    private static FrameHeader header(ChunkKind kind, Codec codec, int plain, int clear, int sealed) {
        return new FrameHeader(ID, kind, codec, plain, clear, sealed, Frames.SESSION);
    }

    /** Headers that are random but for the magic: bounds must hold whatever stands there. */
    @Test
    void anythingElseIsRefusedToo() {
        Seeded.run(random -> {
            for (int i = 0; i < 5_000; i++) {
                byte[] bytes = Seeded.bytes(random, random.nextInt(200));
                if (bytes.length > 8) {
                    ByteBuffer.wrap(bytes).putInt(FrameHeader.MAGIC).putInt(random.nextInt(2) << 24 | random.nextInt(2) << 16);
                }
                refuses(ByteBuffer.wrap(bytes));
            }
        });
    }
}
