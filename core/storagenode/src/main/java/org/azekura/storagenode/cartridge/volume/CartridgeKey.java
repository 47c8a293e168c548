package org.azekura.storagenode.cartridge.volume;

import java.util.Arrays;
import java.util.function.Supplier;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Drive;
import org.azekura.engine.seal.TapeKeys;
import org.azekura.storagenode.cartridge.blob.Trouble;

/**
 * Gives a drive the key of the cartridge in it, as long as that is loaded. The label, and the key rings that come with it, stay plain: by them everybody finds out whose
 * cartridge it is, and who has a key of the pool makes that of the cartridge.
 */
public final class CartridgeKey {

    private final PoolName pool;
    private final VolumeId volume;
    private final Supplier<Sealing> sealing;

    /** @param sealing null: nothing is known of the pool's */
    public CartridgeKey(PoolName pool, VolumeId volume, Supplier<Sealing> sealing) {
        this.pool = pool;
        this.volume = volume;
        this.sealing = sealing;
    }

    /** A drive that can't seal gets none: it reads what is plain, and says itself of what is sealed that it can't. {@link #require} is asked before it writes. */
    public void give(Drive drive) throws BackupException {
        Sealing how = sealing.get();
        if (how == null || !drive.capabilities().encryption()) {
            return;
        }
        byte[] key = TapeKeys.cartridge(how.secret(), volume);
        try {
            if (how.seals()) {
                drive.encryption(key);
            } else {
                open(drive, key);
            }
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Before anything is written: what is to be sealed must not lie there plain.
     *
     * @throws BackupException {@code device.unsupported} if the drive can't seal what is to be sealed
     */
    public void require(Drive drive) throws BackupException {
        Sealing how = sealing.get();
        if (how != null && how.seals() && !drive.capabilities().encryption()) {
            throw BackupException.operator("device.unsupported", drive.location(), "cartridges of pool " + pool + " are sealed by their drives, and "
                    + drive.location() + " can't; take another drive");
        }
    }

    private static void open(Drive drive, byte[] key) throws BackupException {
        try {
            drive.decryption(key);
        } catch (BackupException e) {
            // It would seal, too; what is sealed is told when it is met.
            if (!Trouble.is(e, "device.unsupported")) {
                throw e;
            }
        }
    }

    /** What is written next stays plain, whatever was ordered since the key was given: a label that is sealed can be read by nobody who needs it. */
    public void take(Drive drive) throws BackupException {
        if (sealing.get() != null && drive.capabilities().encryption()) {
            drive.encryption(null);
        }
    }
}
