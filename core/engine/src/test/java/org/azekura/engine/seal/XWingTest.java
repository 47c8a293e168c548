package org.azekura.engine.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.azekura.engine.Golden;
import org.azekura.engine.format.Sha256;
import org.junit.jupiter.api.Test;

/** The first test vector of draft-connolly-cfrg-xwing-kem: another program must be able to open what we close. */
class XWingTest {

    private static final byte[] SEED = HexFormat.of().parseHex("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26");

    @Test
    void publicKeyIsTheDrafts() {
        assertEquals("2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb",
                HexFormat.of().formatHex(Sha256.of(XWing.publicKey(SEED))));
    }

    @Test
    void secretIsTheDrafts() {
        assertEquals("d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384",
                HexFormat.of().formatHex(XWing.decapsulate(SEED, Golden.read("xwing-draft-1.ct"))));
    }

    @Test
    void bothSidesHaveTheSameSecret() {
        var secret = XWing.encapsulate(XWing.publicKey(SEED), new SecureRandom());
        assertEquals(XWing.ENCAPSULATION_BYTES, secret.getEncapsulation().length);
        assertArrayEquals(secret.getSecret(), XWing.decapsulate(SEED, secret.getEncapsulation()));
    }

    @Test
    void refusesWhatHasAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> XWing.decapsulate(SEED, new byte[XWing.ENCAPSULATION_BYTES - 1]));
        assertThrows(IllegalArgumentException.class, () -> XWing.encapsulate(new byte[XWing.PUBLIC_BYTES + 1], new SecureRandom()));
    }
}
