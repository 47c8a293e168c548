package org.azekura.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodesTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.ofEpochSecond(1_111_111_109);

    /** RFC 6238, appendix B: the last six of eight digits. */
    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037", "20000000000,353130"})
    void makesTheCodesOfTheStandard(long second, String code) {
        assertEquals(code, Codes.at(SECRET, Instant.ofEpochSecond(second)));
    }

    @Test
    void takesACodeOfAStepBeforeAndBehindAndNoOther() {
        long step = NOW.getEpochSecond() / 30;
        for (int off = -3; off <= 3; off++) {
            String code = Codes.at(SECRET, NOW.plusSeconds(30 * off));
            assertEquals(Math.abs(off) <= 1 ? OptionalLong.of(step + off) : OptionalLong.empty(), Codes.step(SECRET, code, NOW, 0), "off by " + off);
        }
        assertEquals(OptionalLong.empty(), Codes.step(SECRET, Codes.at(SECRET, NOW), NOW, step), "not twice");
        assertEquals(OptionalLong.empty(), Codes.step(SECRET, Codes.at(SECRET, NOW.minusSeconds(30)), NOW, step), "nor one before");
        for (String wrong : new String[] {"", "81804", "0081804", "０８１８０４"}) {
            assertEquals(OptionalLong.empty(), Codes.step(SECRET, wrong, NOW, 0), wrong);
        }
    }

    @Test
    void saysItInThePictureOfTelephones() {
        assertEquals("otpauth://totp/Azekura%20vault:ann?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Azekura%20vault&algorithm=SHA1&digits=6&period=30",
                Codes.uri(SECRET, "ann", "vault"));
    }
}
