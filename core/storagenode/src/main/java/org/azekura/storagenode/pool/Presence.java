package org.azekura.storagenode.pool;

import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore;

/**
 * Makes sure that a pool's volume is there before anything is written beside its packs: where a disk was unmounted its folder would take that. Cartridges are looked at when they
 * are loaded.
 */
record Presence(Pool pool, boolean cartridges) {

    static Presence of(Pool pool) throws BackupException {
        return new Presence(pool, pool.recall().isPresent());
    }

    /** @throws BackupException {@code volume.missing}, {@code volume.foreign} */
    void require(BlobStore store) throws BackupException {
        if (!cartridges) {
            pool.requireVolume(store);
        }
    }
}
