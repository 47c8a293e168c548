package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A drive's encryption: AES-256 in GCM, as LTO has it. What is sealed is a nonce, the sealed bytes, and a tag. */
final class Seal {

    static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    /** Bytes that sealing adds. */
    static final int MORE = NONCE + TAG;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    Seal(byte[] key) {
        this.key = key.clone();
    }

    byte[] seal(byte[] plain) {
        byte[] sealed = new byte[plain.length + MORE];
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        System.arraycopy(nonce, 0, sealed, 0, NONCE);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return false if it was sealed with another key; then nothing was put into the buffer */
    boolean open(byte[] sealed, ByteBuffer into) {
        try {
            into.put(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE)).doFinal(sealed, NONCE, sealed.length - NONCE));
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
        return cipher;
    }
}
