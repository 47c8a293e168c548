package org.azekura.engine.seal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.azekura.engine.chunk.Hkdf;

/**
 * Proves that something was made by somebody who knew a pool's id key: so by the server, or a client that saves there, and not by whoever only stores it. HMAC-SHA-256 by a key that HKDF
 * derives from the id key for one purpose.
 */
public final class PoolProof {

    public static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private PoolProof() {}

    /** @param purpose what is proven, one for each kind of thing */
    public static byte[] of(byte[] idKey, byte[] purpose, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Hkdf.derive(idKey, purpose, Gcm.KEY_BYTES), ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
        }
    }

    /** Whether this is the proof of that. Takes the same time whatever it finds. */
    public static boolean holds(byte[] idKey, byte[] purpose, byte[] content, byte[] proof) {
        return MessageDigest.isEqual(of(idKey, purpose, content), proof);
    }
}
