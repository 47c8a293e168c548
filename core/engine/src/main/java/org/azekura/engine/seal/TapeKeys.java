package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import org.azekura.api.VolumeId;
import org.azekura.engine.chunk.Hkdf;

/**
 * Keys by which tape drives seal cartridges, one for each, beside what is sealed already when it comes to them. They are made from the pool's id key and kept nowhere: who
 * opens a key ring of the pool can make them. The package's Javadoc has the rule.
 */
public final class TapeKeys {

    /** Bytes of each of them. */
    public static final int LENGTH = 32;

    private static final byte[] SECRET = "azekura tape secret".getBytes(US_ASCII);
    private static final byte[] CARTRIDGE = "azekura cartridge".getBytes(US_ASCII);

    private TapeKeys() {}

    /** What a storage node gets to make keys of cartridges; it names no chunks, and opens nothing else. */
    public static byte[] secret(byte[] idKey) {
        return Hkdf.derive(idKey, SECRET, LENGTH);
    }

    /** That of one cartridge. */
    public static byte[] cartridge(byte[] secret, VolumeId volume) {
        ByteBuffer info = ByteBuffer.allocate(CARTRIDGE.length + 16).put(CARTRIDGE).putLong(volume.high()).putLong(volume.low());
        return Hkdf.derive(secret, info.array(), LENGTH);
    }
}
