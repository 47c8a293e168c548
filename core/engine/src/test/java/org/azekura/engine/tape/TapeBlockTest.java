package org.azekura.engine.tape;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.azekura.api.VolumeId;
import org.azekura.engine.Golden;
import org.azekura.engine.format.FormatVersion;
import org.junit.jupiter.api.Test;

class TapeBlockTest {

    private static final VolumeId VOLUME = new VolumeId(0x0123_4567_89ab_cdefL, 2);
    private static final BlobHead HEAD = new BlobHead("packs/3f/3f2a", 30);

    private static byte[] first() {
        ByteBuffer block = ByteBuffer.allocate(TapeBlock.HEADER + HEAD.length() + 20);
        block.position(TapeBlock.HEADER);
        HEAD.write(block);
        block.put("twenty bytes of text".getBytes(StandardCharsets.US_ASCII));
        new TapeBlock(VOLUME, 7, 3, 0, false, false, HEAD.length() + 20).seal(block);
        return block.array();
    }

    private static byte[] deletion() {
        BlobHead head = new BlobHead("packs/3f/3f2a", 0);
        ByteBuffer block = ByteBuffer.allocate(TapeBlock.HEADER + head.length());
        head.write(block.position(TapeBlock.HEADER));
        new TapeBlock(VOLUME, 9, 4, 0, true, true, head.length()).seal(block);
        return block.array();
    }

    @Test
    void standsAsItAlwaysDid() {
        Golden.check("first.tapeblock", first());
        Golden.check("deletion.tapeblock", deletion());
    }

    @Test
    void isReadAsItWasWritten() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(first());
        TapeBlock block = TapeBlock.parse(bytes, "here");
        assertEquals(new TapeBlock(VOLUME, 7, 3, 0, false, false, HEAD.length() + 20), block);
        assertTrue(block.first());
        assertEquals(HEAD, BlobHead.read(bytes, "here"));
        assertEquals(20, bytes.remaining());
        assertTrue(TapeBlock.parse(ByteBuffer.wrap(deletion()), "here").deletion());
    }

    @Test
    void everyBitThatIsNotAsItWasIsFound() {
        byte[] whole = first();
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(TapeBlock.CORRUPT, () -> TapeBlock.parse(ByteBuffer.wrap(flipped), "here"));
        }
        for (int length = 0; length < whole.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
            assertRefused(TapeBlock.CORRUPT, () -> TapeBlock.parse(cut, "here"));
        }
    }

    @Test
    void anotherVersionIsNotDamage() {
        byte[] other = TapeSeeds.mend(TapeSeeds.changed(first(), 9, 2));
        assertRefused(FormatVersion.CODE, () -> TapeBlock.parse(ByteBuffer.wrap(other), "here"));
    }

    @Test
    void whatCannotBeIsRefusedThoughItsChecksumFits() {
        for (int[] change : List.of(new int[] {11, 8}, new int[] {11, 0}, new int[] {35, 0}, new int[] {43, 0}, new int[] {47, 1}, new int[] {51, 1})) {
            byte[] other = TapeSeeds.mend(TapeSeeds.changed(first(), change[0], change[1]));
            assertRefused(TapeBlock.CORRUPT, () -> TapeBlock.parse(ByteBuffer.wrap(other), "here"));
        }
        assertThrows(IllegalArgumentException.class, () -> new TapeBlock(VOLUME, 1, 1, 1, true, true, 10));
        assertThrows(IllegalArgumentException.class, () -> new TapeBlock(VOLUME, 0, 1, 0, true, false, 10));
        assertThrows(IllegalArgumentException.class, () -> new TapeBlock(VOLUME, 1, 1, 0, true, false, TapeBlock.MAX - TapeBlock.HEADER + 1));
    }

    @Test
    void blobsAreCalledAsTheRuleHasIt() {
        for (String key : List.of("a", "packs/3f/3f2a", "...", "a/.tmp")) {
            assertTrue(BlobHead.isKey(key), key);
        }
        for (String key : List.of("", "/a", "a/", "a//b", "..", "a/../b", ".tmp/a", "A", "a".repeat(256))) {
            assertFalse(BlobHead.isKey(key), key);
        }
    }
}
