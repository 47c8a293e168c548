package org.azekura.engine.seal;

import java.util.SortedMap;
import org.azekura.api.BackupException;

/** The secrets of a pool. Thread-safe. */
public final class PoolKeys {

    private final byte[] idKey;
    private final SortedMap<Integer, byte[]> epochSeeds;

    PoolKeys(byte[] idKey, SortedMap<Integer, byte[]> epochSeeds) {
        this.idKey = idKey;
        this.epochSeeds = epochSeeds;
    }

    /** The key that names chunks. */
    public byte[] idKey() {
        return idKey.clone();
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
                    + Integer.toUnsignedString(sealed.epoch()) + "; this key ring has the epochs " + epochSeeds.keySet()
                    + ", a newer one is needed");
        }
        return sealed.open(seed);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "keys of epochs " + epochSeeds.keySet();
    }
}
