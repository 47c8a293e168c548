package org.azekura.engine.seal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;
import org.azekura.api.SessionId;
import org.azekura.engine.format.FormatVersion;

/** A session key closed for an epoch. */
record SealedKey(int epoch, byte[] encoded) {

    private static final int VERSION = FormatVersion.FIRST;
    private static final int HEAD_BYTES = Short.BYTES + Integer.BYTES;
    private static final int BYTES = HEAD_BYTES + Box.BYTES;

    /** @throws IllegalArgumentException if this is no public key */
    static SealedKey close(int epoch, byte[] epochPublicKey, byte[] key, SecureRandom random) {
        byte[] head = ByteBuffer.allocate(HEAD_BYTES).putShort((short) VERSION).putInt(epoch).array();
        byte[] box = Box.SESSION.close(epochPublicKey, head, key, random);
        return new SealedKey(epoch, ByteBuffer.allocate(BYTES).put(head).put(box).array());
    }

    static SealedKey parse(byte[] encoded) throws BackupException {
        if (encoded.length != BYTES) {
            throw corrupt(encoded.length + " bytes, expected " + BYTES);
        }
        ByteBuffer from = ByteBuffer.wrap(encoded);
        int version = from.getShort() & 0xffff;
        if (version != VERSION) {
            throw corrupt(FormatVersion.message(version, VERSION));
        }
        return new SealedKey(from.getInt(), encoded.clone());
    }

    SessionKey open(byte[] epochSeed) throws BackupException {
        byte[] head = Arrays.copyOf(encoded, HEAD_BYTES);
        byte[] box = Arrays.copyOfRange(encoded, HEAD_BYTES, BYTES);
        try {
            return new SessionKey(session(), Box.SESSION.open(epochSeed, head, box));
        } catch (AEADBadTagException e) {
            throw corrupt("it does not open with the key of epoch " + epoch + ", for which it says it was made");
        }
    }

    SessionId session() {
        return SessionId.read(ByteBuffer.wrap(sha256(encoded)));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static BackupException corrupt(String what) {
        return BackupException.corrupt("session.corrupt", "", "sealed session key: " + what);
    }
}
