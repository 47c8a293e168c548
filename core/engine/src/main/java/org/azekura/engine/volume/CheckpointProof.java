package org.azekura.engine.volume;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;
import org.azekura.engine.seal.PoolProof;

/**
 * What shows that a checkpoint was written by somebody who knew the pool's id key.
 *
 * @param digest SHA-256 of all its pages but the last, in hexadecimal
 * @param proof  of that, in hexadecimal; empty if it has none
 */
public record CheckpointProof(String digest, String proof) {

    /** Of a checkpoint that proves nothing. */
    public static final CheckpointProof NONE = new CheckpointProof("", "");
    private static final byte[] PURPOSE = "azekura checkpoint".getBytes(US_ASCII);

    /** @param digest SHA-256 of all pages but the last @param idKey of the pool */
    public static CheckpointProof of(byte[] digest, byte[] idKey) {
        return new CheckpointProof(HexFormat.of().formatHex(digest), HexFormat.of().formatHex(PoolProof.of(idKey, PURPOSE, digest)));
    }

    /** As its end has it; none where it proves nothing. */
    byte[] bytes() {
        return HexFormat.of().parseHex(proof);
    }

    /** @param idKey of the pool */
    public boolean holds(byte[] idKey) {
        return !proof.isEmpty() && PoolProof.holds(idKey, PURPOSE, HexFormat.of().parseHex(digest), HexFormat.of().parseHex(proof));
    }
}
