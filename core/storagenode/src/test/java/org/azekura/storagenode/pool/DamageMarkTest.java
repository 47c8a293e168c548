package org.azekura.storagenode.pool;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.engine.format.FormatVersion;
import org.junit.jupiter.api.Test;

class DamageMarkTest {

    private static final PackId PACK = new PackId(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
    private static final DamageMark MARK = new DamageMark(PACK, true, List.of(new ChunkId(1, 2, 3, 4), new ChunkId(5, 6, 7, 8)));
    private static final String BYTES = checked("415a454b444d" + "%04x".formatted(FormatVersion.FIRST) + "0102030405060708090a0b0c0d0e0f100000000100000002"
            + "0000000000000001000000000000000200000000000000030000000000000004"
            + "0000000000000005000000000000000600000000000000070000000000000008");

    private static String checked(String before) {
        CRC32C crc = new CRC32C();
        crc.update(HexFormat.of().parseHex(before));
        return before + "%08x".formatted(crc.getValue());
    }

    private static DamageMark parse(byte[] bytes) throws BackupException {
        return DamageMark.parse(PACK, ByteBuffer.wrap(bytes));
    }

    @Test
    void theFormStaysWhatItIs() throws Exception {
        assertEquals(BYTES, HexFormat.of().formatHex(MARK.encoded()));
        assertEquals(MARK, parse(HexFormat.of().parseHex(BYTES)));
    }

    @Test
    void everyFlippedBitIsFound() {
        for (int bit = 0; bit < MARK.encoded().length * 8; bit++) {
            byte[] bytes = MARK.encoded();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused("mark.corrupt", () -> parse(bytes));
        }
    }

    @Test
    void everyCutIsFoundAndSoIsWhatIsTooLong() {
        for (int size = 0; size < MARK.encoded().length; size++) {
            byte[] bytes = Arrays.copyOf(MARK.encoded(), size);
            assertRefused("mark.corrupt", () -> parse(bytes));
        }
        assertRefused("mark.corrupt", () -> parse(Arrays.copyOf(MARK.encoded(), MARK.encoded().length + 1)));
        assertRefused("mark.corrupt", () -> parse(new byte[DamageMark.MAX_BYTES + 1]));
    }

    @Test
    void aCountThatTheSizeDoesNotBearOutIsRefusedBeforeAnythingIsMadeOfIt() {
        for (int count : new int[] {0, -1, 1, 3, Integer.MAX_VALUE, 1 << 27, DamageMark.MAX_CHUNKS + 1}) {
            BackupException e = assertRefused("mark.corrupt", () -> parse(ByteBuffer.wrap(MARK.encoded()).putInt(28, count).array()));
            assertTrue(e.getMessage().contains(Integer.toUnsignedString(count) + " chunks"), e.getMessage());
        }
    }

    @Test
    void aMarkOfAnotherPackIsRefused() {
        BackupException e = assertRefused("mark.corrupt", () -> DamageMark.parse(new PackId(1, 1), ByteBuffer.wrap(MARK.encoded())));
        assertTrue(e.getMessage().contains("of pack " + PACK), e.getMessage());
    }

    @Test
    void anyBytesAreRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertRefused("mark.corrupt", () -> parse(bytes));
        }
    }

    @Test
    void keysOfMarksAreReadAsTheyAreWritten() {
        String key = VolumeKeys.mark(PACK, 12);
        assertEquals("damaged/01/0102030405060708090a0b0c0d0e0f10-12", key);
        assertEquals(new VolumeKeys.Mark(key, PACK, 12), VolumeKeys.mark(key));
        for (String other : List.of("damaged/02/0102030405060708090a0b0c0d0e0f10-12", "damaged/01/0102030405060708090a0b0c0d0e0f10", "-", "",
                "damaged/01/0102030405060708090a0b0c0d0e0f10-012", "damaged/01/0102030405060708090a0b0c0d0e0f10-0", "damaged/01/x-1", "a-b/c",
                "damaged/01/0102030405060708090a0b0c0d0e0f10-2147483647", "packs/01/0102030405060708090a0b0c0d0e0f10-1")) {
            assertNull(VolumeKeys.mark(other), other);
        }
    }
}
