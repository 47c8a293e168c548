package org.azekura.engine.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.azekura.api.BackupException;
import org.azekura.engine.chunk.Hkdf;

/** The secrets of a pool. Thread-safe. */
public final class PoolKeys {

    private static final byte[] MARK = "azekura pool mark".getBytes(US_ASCII);

    private final byte[] idKey;
    private final SortedMap<Integer, byte[]> epochSeeds;

    PoolKeys(byte[] idKey, SortedMap<Integer, byte[]> epochSeeds) {
        this.idKey = idKey;
        this.epochSeeds = epochSeeds;
    }

    /** A fresh key to name the chunks of a new pool. */
    public static byte[] newIdKey() {
        return RingDraft.random(new SecureRandom(), Gcm.KEY_BYTES);
    }

    /** The key that names chunks. */
    public byte[] idKey() {
        return idKey.clone();
    }

    /** Tells the pool from every other, forged rings of the same name among them: 16 hexadecimal digits that come from the id key. */
    public String mark() {
        return HexFormat.of().formatHex(Hkdf.derive(idKey, MARK, 8));
    }

    /** The epochs whose sessions these open. */
    public SortedSet<Integer> epochs() {
        return new TreeSet<>(epochSeeds.keySet());
    }

    SortedMap<Integer, byte[]> epochSeeds() {
        return new TreeMap<>(epochSeeds);
    }

    /**
     * Opens a session key. Takes about a millisecond: keep what you get.
     *
     * @throws BackupException {@code key.epoch} if the ring is too old for this session, {@code session.corrupt} if the bytes do not open
     */
    public SessionKey session(byte[] sealedKey) throws BackupException {
        SealedKey sealed = SealedKey.parse(sealedKey);
        byte[] seed = epochSeeds.get(sealed.epoch());
        if (seed == null) {
            throw BackupException.operator("key.epoch", sealed.session().toString(), "session " + sealed.session() + " was sealed in epoch "
                    + Integer.toUnsignedString(sealed.epoch()) + "; this key opens the epochs " + epochSeeds.keySet()
                    + ": a newer key ring is needed, or the key was revoked before that epoch began");
        }
        return sealed.open(seed);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "keys of epochs " + epochSeeds.keySet();
    }
}
