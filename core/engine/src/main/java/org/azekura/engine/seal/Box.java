package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.azekura.engine.chunk.Hkdf;
import org.bouncycastle.crypto.SecretWithEncapsulation;

/** A 32-byte key, closed with a public key. */
enum Box {

    /** A session key for an epoch. */
    SESSION("azekura session"),
    /** A ring key for a recipient. */
    RECIPIENT("azekura recipient");

    static final int BYTES = XWing.ENCAPSULATION_BYTES + Gcm.KEY_BYTES + Gcm.TAG_BYTES;

    private final byte[] info;

    Box(String info) {
        this.info = info.getBytes(US_ASCII);
    }

    /** @throws IllegalArgumentException if this is no public key */
    byte[] close(byte[] publicKey, byte[] associated, byte[] key, SecureRandom random) {
        SecretWithEncapsulation secret = XWing.encapsulate(publicKey, random);
        byte[] sealed = Gcm.sealing(wrap(secret.getSecret()), new byte[Gcm.NONCE_BYTES], associated).seal(key);
        return ByteBuffer.allocate(BYTES).put(secret.getEncapsulation()).put(sealed).array();
    }

    /** @throws AEADBadTagException if the box was not closed with this seed's public key and these associated data */
    byte[] open(byte[] seed, byte[] associated, byte[] box) throws AEADBadTagException {
        byte[] secret;
        try {
            secret = XWing.decapsulate(seed, Arrays.copyOf(box, XWing.ENCAPSULATION_BYTES));
        } catch (IllegalArgumentException e) {
            throw (AEADBadTagException) new AEADBadTagException(e.getMessage()).initCause(e);
        }
        ByteBuffer sealed = ByteBuffer.wrap(box).position(XWing.ENCAPSULATION_BYTES);
        return Gcm.opening(wrap(secret), new byte[Gcm.NONCE_BYTES], associated).open(sealed);
    }

    private byte[] wrap(byte[] secret) {
        return Hkdf.derive(secret, info, Gcm.KEY_BYTES);
    }
}
