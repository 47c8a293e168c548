package org.azekura.engine.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.azekura.api.BackupException;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.format.FormatVersion;
import org.azekura.engine.format.Sha256;

/**
 * A session key closed for an epoch. Anybody reads whose session it is; who writes another group there has another session, and one that does not open.
 *
 * @param group whose chunks the session seals; null in a key that does not say it
 */
public record SealedKey(int epoch, TrustGroup group, byte[] encoded) {

    private static final int VERSION = FormatVersion.FIRST;
    /** Says whose session it is. */
    private static final int OF_GROUP = 2;
    private static final int HEAD_BYTES = Short.BYTES + Integer.BYTES;

    /**
     * @param group null: it is not said
     * @throws IllegalArgumentException if this is no public key
     */
    static SealedKey close(TrustGroup group, int epoch, byte[] epochPublicKey, byte[] key, SecureRandom random) {
        ByteBuffer head = ByteBuffer.allocate(headBytes(group)).putShort((short) (group == null ? VERSION : OF_GROUP)).putInt(epoch);
        if (group != null) {
            group.write(head);
        }
        byte[] box = Box.SESSION.close(epochPublicKey, head.array(), key, random);
        return new SealedKey(epoch, group, ByteBuffer.allocate(head.capacity() + Box.BYTES).put(head.array()).put(box).array());
    }

    private static int headBytes(TrustGroup group) {
        return group == null ? HEAD_BYTES : HEAD_BYTES + TrustGroup.BYTES;
    }

    /** @throws BackupException {@code session.corrupt} */
    public static SealedKey parse(byte[] encoded) throws BackupException {
        if (encoded.length < HEAD_BYTES) {
            throw corrupt(encoded.length + " bytes");
        }
        ByteBuffer from = ByteBuffer.wrap(encoded);
        int version = from.getShort() & 0xffff;
        if (version != VERSION && version != OF_GROUP) {
            throw corrupt(FormatVersion.message(version, OF_GROUP));
        }
        int epoch = from.getInt();
        int bytes = Box.BYTES + HEAD_BYTES + (version == OF_GROUP ? TrustGroup.BYTES : 0);
        if (encoded.length != bytes) {
            throw corrupt(encoded.length + " bytes, expected " + bytes);
        }
        return new SealedKey(epoch, version == OF_GROUP ? TrustGroup.read(from) : null, encoded.clone());
    }

    SessionKey open(byte[] epochSeed) throws BackupException {
        byte[] head = Arrays.copyOf(encoded, headBytes(group));
        byte[] box = Arrays.copyOfRange(encoded, head.length, encoded.length);
        try {
            return new SessionKey(session(), Box.SESSION.open(epochSeed, head, box));
        } catch (AEADBadTagException e) {
            throw corrupt("it does not open with the key of epoch " + epoch + ", for which it says it was made");
        }
    }

    /** The name of the session, which comes from all of this. */
    public SessionId session() {
        return SessionId.read(ByteBuffer.wrap(Sha256.of(encoded)));
    }

    private static BackupException corrupt(String what) {
        return BackupException.corrupt("session.corrupt", "", "sealed session key: " + what);
    }
}
