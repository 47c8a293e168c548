package org.azekura.driver.tape.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SenseTest {

    private static Sense parse(String hex) {
        return Sense.parse(HexFormat.of().parseHex(hex.replace(" ", ""))).orElseThrow();
    }

    @Test
    void readsTheFixedFormat() {
        Sense wrongLength = parse("f0 00 20 ff fd 00 00 0a 00000000 00 00 00 000000");
        assertEquals(new Sense(false, 0, 0, 0, false, false, true, OptionalLong.of(-196608)), wrongLength);
        assertEquals(new Sense(false, 0, 0, 1, true, false, false, OptionalLong.empty()), parse("70 00 80 00 00 10 00 0a 00000000 00 01 00 000000"));
        assertEquals("D/00/02 EOM", parse("70 00 4d 00 00 00 00 0a 00000000 00 02").toString());
    }

    @Test
    void readsTheDescriptorFormat() {
        assertEquals(new Sense(false, 8, 0, 5, false, false, false, OptionalLong.empty()), parse("72 08 00 05 00 00 00 00"));
        Sense full = parse("72 00 00 01 00 00 00 10 00 0a 80 00 00000001 00000002 04 02 00 e0");
        assertEquals(new Sense(false, 0, 0, 1, true, true, true, OptionalLong.of(0x1_0000_0002L)), full);
        assertEquals(OptionalLong.empty(), parse("72 00 00 01 00 00 00 0c 00 0a 00 00 00000001 00000002").information(), "the device does not vouch for it");
    }

    @Test
    void tellsErrorsOfEarlierCommands() {
        assertTrue(parse("71 00 03 00 00 00 00 0a 00000000 0c 00").deferred());
        assertTrue(parse("73 03 0c 00 00 00 00 00").deferred());
        assertEquals("d3/0C/00", parse("73 03 0c 00 00 00 00 00").toString());
    }

    @Test
    void takesWhatWasCutOffAsZero() {
        assertEquals(new Sense(false, 4, 0, 0, false, false, false, OptionalLong.empty()), parse("f0 00 04"));
        byte[] whole = HexFormat.of().parseHex("7200000100000010000a800000000001000000020402 00e0".replace(" ", ""));
        for (int length = 1; length <= whole.length; length++) {
            assertEquals(0, Sense.parse(Arrays.copyOf(whole, length)).orElseThrow().key());
        }
    }

    @Test
    void whatIsNoSenseDataIsNone() {
        assertEquals(Optional.empty(), Sense.parse(new byte[0]));
        assertEquals(Optional.empty(), Sense.parse(new byte[18]));
        assertEquals(Optional.empty(), Sense.parse(new byte[] {0x7f, 0, 0, 0}));
    }
}
