package org.azekura.storagenode.cartridge.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;
import org.azekura.testkit.fuzz.Fuzzing;
import org.azekura.testkit.fuzz.Target;
import org.junit.jupiter.api.Test;

class PackTrailerTest {

    private static final PackTrailer TRAILER = new PackTrailer(new VolumeId(1, 2), "packs/3f/3f2a", 5, 1_000_000, 0x01020304, false);

    private static byte[] bytes() {
        return TRAILER.encode().array();
    }

    private static PackTrailer read(byte[] bytes) {
        return PackTrailer.decode(ByteBuffer.wrap(bytes));
    }

    /** The form is what an earlier version left on a disk. */
    @Test
    void isWrittenAsItAlwaysWas() {
        String begin = "415a454b53504f4f" + "0000" + "00000000000000010000000000000002" + "0000000000000005" + "00000000000f4240" + "01020304"
                + "000d" + "7061636b732f33662f33663261";
        String all = HexFormat.of().formatHex(bytes());
        assertEquals(begin + "00".repeat(PackTrailer.BYTES - begin.length() / 2 - 4), all.substring(0, 2 * PackTrailer.BYTES - 8));
        assertEquals("365c174d", all.substring(2 * PackTrailer.BYTES - 8));
    }

    @Test
    void isReadAsItWasWritten() {
        assertEquals(TRAILER, read(bytes()));
        PackTrailer mends = new PackTrailer(TRAILER.volume(), "k".repeat(255) + "/" + "k".repeat(254) + "/k", 6, 1, 2, true);
        assertEquals(mends, read(mends.encode().array()));
    }

    /** Who takes no version but 0 must not take it for one that is on tape already if anything is. */
    @Test
    void oneThatTakesAPlaceIsNoPackToAnOlderRelease() {
        PackTrailer mends = new PackTrailer(TRAILER.volume(), TRAILER.key(), 5, 1, 2, true);
        assertEquals(1, mends.encode().getShort(Long.BYTES));
        assertEquals(0, TRAILER.encode().getShort(Long.BYTES));
        assertNull(read(mend(mends.encode().putShort(Long.BYTES, (short) 2).array())));
    }

    @Test
    void noByteOfItCanBeAnother() {
        for (int at = 0; at < PackTrailer.BYTES; at++) {
            byte[] damaged = bytes();
            damaged[at] ^= 1;
            assertNull(read(damaged), "changed at " + at);
        }
        assertNull(read(new byte[PackTrailer.BYTES]));
        assertNull(read(new byte[10]));
    }

    @Test
    void anyBytesAreReadWithinBounds() {
        Fuzzing.run(Target.of("pack trailer", "none", List.of(bytes()), PackTrailerTest::check).mended(PackTrailerTest::mend), 3000);
    }

    private static void check(byte[] input) {
        PackTrailer found = read(input);
        if (found != null) {
            assertEquals(found, read(found.encode().array()));
        }
    }

    private static byte[] mend(byte[] input) {
        if (input.length == PackTrailer.BYTES) {
            CRC32C crc = new CRC32C();
            crc.update(input, 0, PackTrailer.BYTES - 4);
            ByteBuffer.wrap(input).putInt(PackTrailer.BYTES - 4, (int) crc.getValue());
        }
        return input;
    }
}
