package org.azekura.driver.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReedSolomonTest {

    private final ReedSolomon code = new ReedSolomon();

    private long sum(byte... bytes) {
        code.reset();
        code.update(bytes, 0, bytes.length);
        return code.getValue();
    }

    /** The entries of the table that IBM prints in its LTO reference, and LTFS has: what one byte makes of nothing. */
    @Test
    void oneByteMakesWhatOthersHaveInTheirTables() {
        assertEquals(0, sum());
        assertEquals(0, sum((byte) 0));
        assertEquals(0x38cf3801L, sum((byte) 1));
        assertEquals(0x70837002L, sum((byte) 2));
        assertEquals(0x484c4803L, sum((byte) 3));
        assertEquals(0xde68def8L, sum((byte) 0xf8));
        assertEquals(0x06bc06fdL, sum((byte) 0xfd));
        assertEquals(0x763f76ffL, sum((byte) 0xff));
    }

    /** By hand, from the polynomial; nobody else's. */
    @Test
    void theUsualDigits() {
        assertEquals(0x4b4f673aL, sum("123456789".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void nothingIsLeftOfABlockWithItsChecksum() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] block = new byte[1 + random.nextInt(300)];
            random.nextBytes(block);
            int sum = (int) sum(block);
            assertEquals(0, sum(ByteBuffer.allocate(block.length + 4).put(block).putInt(sum).array()), "seed " + seed);
        }
    }

    @Test
    void itIsTheSameInPiecesAndByteByByte() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] block = new byte[1001];
        random.nextBytes(block);
        long whole = sum(block);
        code.reset();
        for (byte one : block) {
            code.update(one);
        }
        assertEquals(whole, code.getValue(), "seed " + seed);
        code.reset();
        int cut = random.nextInt(block.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(block.length - cut).put(block, cut, block.length - cut).flip();
        code.update(block, 0, cut);
        code.update(direct);
        assertEquals(whole, code.getValue(), "seed " + seed);
        assertEquals(0, direct.remaining());
    }
}
