package org.azekura.engine.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM, of the Java runtime: it uses the processor's instructions.
 *
 * <p>Sealing goes in steps of 8 KiB: the runtime uses those instructions only once it has compiled its own loop, and that counts calls more than
 * bytes. With 1 MiB a call the first hundreds of MiB go at 0.07 GiB/s; in small steps it is compiled within 48 MiB, or at once after
 * {@link WarmUp}. Larger steps are no faster afterwards. Opening cannot go in steps: the runtime gives nothing before the tag is checked.
 */
final class Gcm {

    static final int KEY_BYTES = 32;
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    private static final int STEP = 8 << 10;

    private final Cipher cipher;

    private Gcm(int mode, byte[] key, byte[] nonce, byte[]... associated) {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal with AES-256-GCM", e);
        }
        for (byte[] part : associated) {
            cipher.updateAAD(part);
        }
    }

    static Gcm sealing(byte[] key, byte[] nonce, byte[]... associated) {
        return new Gcm(Cipher.ENCRYPT_MODE, key, nonce, associated);
    }

    static Gcm opening(byte[] key, byte[] nonce, byte[]... associated) {
        return new Gcm(Cipher.DECRYPT_MODE, key, nonce, associated);
    }

    /** Writes ciphertext and tag; {@code to} needs room for {@value #TAG_BYTES} bytes more than there are. */
    void seal(byte[] plain, int from, int length, byte[] to, int at) {
        int read = from;
        int written = at;
        int end = from + length;
        try {
            while (end - read > STEP) {
                written += cipher.update(plain, read, STEP, to, written);
                read += STEP;
            }
            written += cipher.doFinal(plain, read, end - read, to, written);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        if (written - at != length + TAG_BYTES) {
            throw new IllegalStateException("sealed " + length + " bytes to " + (written - at));
        }
    }

    byte[] seal(byte[] plain) {
        byte[] to = new byte[plain.length + TAG_BYTES];
        seal(plain, 0, plain.length, to, 0);
        return to;
    }

    /** @throws AEADBadTagException if key, nonce, associated data or the bytes are not those that were sealed */
    byte[] open(ByteBuffer sealed) throws AEADBadTagException {
        if (sealed.remaining() < TAG_BYTES) {
            throw new AEADBadTagException("there is no tag");
        }
        byte[] plain = new byte[sealed.remaining() - TAG_BYTES];
        try {
            cipher.doFinal(sealed.duplicate(), ByteBuffer.wrap(plain));
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return plain;
    }
}
