package org.azekura.client.blocks;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes blocks under a secret key. Two blocks that differ, even if chosen by an adversary who does not know key and hashes, have the
 * same hash at one place with a chance of less than 2^-93. One thread.
 */
public final class BlockHash {

    static final int KEY_BYTES = 32;
    static final int HASH_BYTES = 16;

    private static final int NONCE_BYTES = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private long last = -1;

    BlockHash(byte[] key) {
        this.key = new SecretKeySpec(key, "ChaCha20");
        try {
            this.cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ChaCha20-Poly1305", e);
        }
    }

    byte[] key() {
        return key.getEncoded();
    }

    /** @param at where the block begins in its file; never the same twice in a row, as the cipher refuses to use a nonce again */
    public byte[] of(byte[] bytes, int from, int length, long at) {
        if (at == last) {
            throw new IllegalArgumentException("the block at " + at + " was hashed last");
        }
        last = at;
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(ByteBuffer.allocate(NONCE_BYTES).putLong(4, at).array()));
            cipher.updateAAD(bytes, from, length);
            return cipher.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not take " + length + " bytes", e);
        }
    }
}
