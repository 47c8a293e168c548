package org.azekura.engine.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HexFormat;
import org.azekura.api.VolumeId;
import org.junit.jupiter.api.Test;

class TapeKeysTest {

    private static final HexFormat HEX = HexFormat.of();

    /** Made with another program: cartridges are read with these for ever. */
    @Test
    void keysAreThoseOfTheRule() {
        byte[] idKey = new byte[32];
        for (int i = 0; i < idKey.length; i++) {
            idKey[i] = (byte) i;
        }
        byte[] secret = TapeKeys.secret(idKey);
        assertEquals("2e8e156264516166a0028d9cc6275199b89d5bc92082bd1b45a36efeef791330", HEX.formatHex(secret));
        assertEquals("b73a6f190a85c1b72e465022859df73e61836c4f2f61a29d5dc5b5564d33c92a", HEX.formatHex(TapeKeys.cartridge(secret, new VolumeId(1, 2))));
        assertNotEquals(HEX.formatHex(TapeKeys.cartridge(secret, new VolumeId(1, 2))), HEX.formatHex(TapeKeys.cartridge(secret, new VolumeId(1, 3))));
    }
}
