package org.azekura.client.drill;

import java.security.MessageDigest;
import org.azekura.engine.format.Sha256;

/** Bytes of a file that came in one piece out of one chunk. One thread. */
final class Slice {

    /** Where in the file. */
    final long at;
    final int length;
    /** SHA-256 of what came; null as long as nothing did. */
    byte[] hash;

    Slice(long at, int length) {
        this.at = at;
        this.length = length;
    }

    static byte[] hash(byte[] bytes, int from, int length) {
        MessageDigest digest = Sha256.begin();
        digest.update(bytes, from, length);
        return digest.digest();
    }
}
