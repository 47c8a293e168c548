package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;

/**
 * Seals what servers of one appliance keep for each other where others can see it, by a key that each of them can make from what lies in its home (AES-256-GCM: 12 bytes nonce,
 * ciphertext, tag; in base64). Safe for any number of threads.
 */
public final class TwinSeal {

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    /** @param key 32 secret bytes */
    public TwinSeal(byte[] key) {
        if (key.length != Gcm.KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + Gcm.KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /** @param of what it is: it is opened as nothing else */
    public String seal(byte[] secret, String of) {
        byte[] nonce = new byte[Gcm.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = Gcm.sealing(key, nonce, of.getBytes(UTF_8)).seal(secret);
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    }

    /** @throws BackupException {@code secret.damaged}: by another key, sealed as something else, or damaged */
    public byte[] open(String text, String of) throws BackupException {
        try {
            ByteBuffer from = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            byte[] nonce = new byte[Math.min(from.remaining(), Gcm.NONCE_BYTES)];
            from.get(nonce);
            if (nonce.length < Gcm.NONCE_BYTES) {
                throw new AEADBadTagException("it is cut off");
            }
            return Gcm.opening(key, nonce, of.getBytes(UTF_8)).open(from);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new BackupException(BackupException.corrupt("secret.damaged", of, "what is sealed as " + of + " was sealed by a server with other keys, or is damaged").failure(), e);
        }
    }
}
