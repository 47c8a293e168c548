package org.azekura.extract;

import java.util.List;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.engine.seal.KeyRing;
import org.azekura.engine.seal.PoolKeys;
import org.azekura.engine.seal.RecipientKey;
import org.azekura.engine.seal.RecoveryFile;
import org.azekura.engine.seal.TapeKeys;
import org.azekura.storagenode.cartridge.volume.Sealing;

/**
 * How drives open what they have sealed. A recovery file has a key ring that says it; a sheet has none, but each cartridge begins with the rings of its pool, which are
 * plain. One thread.
 */
final class DriveKeys {

    private final RecoveryFile recovery;
    private final Supplier<char[]> passphrase;
    private RecipientKey key;
    private Sealing known;

    /**
     * @param recovery   null if there is none: nothing is opened then
     * @param passphrase asked for once, if one is needed
     */
    DriveKeys(RecoveryFile recovery, Supplier<char[]> passphrase) throws BackupException {
        this.recovery = recovery;
        this.passphrase = passphrase;
        if (recovery != null && recovery.keyRing() != null) {
            known = sealing(KeyRing.parse(recovery.keyRing()));
        }
    }

    private Sealing sealing(KeyRing ring) throws BackupException {
        if (key == null) {
            key = recovery.key(passphrase.get());
        }
        PoolKeys keys = ring.unlock(key);
        boolean forged = recovery.mark() != null && !keys.mark().equals(recovery.mark());
        return forged ? null : new Sealing(TapeKeys.secret(keys.idKey()), false);
    }

    /** Null if it is not known, or not yet. */
    Sealing known() {
        return known;
    }

    /** Whether a key ring would help. */
    boolean wantsRing() {
        return recovery != null && known == null;
    }

    /**
     * Takes the first of these rings that the key opens.
     *
     * @throws BackupException {@code key.passphrase}
     */
    void learn(List<byte[]> rings) throws BackupException {
        for (byte[] encoded : rings) {
            if (known != null) {
                return;
            }
            try {
                KeyRing ring = KeyRing.parse(encoded);
                known = ring.recipient(recovery.keyId()) == null ? null : sealing(ring);
            } catch (BackupException e) {
                // One that is damaged, or made by somebody else, is as good as none; a passphrase is asked for in any case.
                if (e.failure().code().equals("key.passphrase")) {
                    throw e;
                }
            }
        }
    }
}
