package org.azekura.server.pool;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.engine.seal.RecipientKey;

/** Into the vault, for tests of other rooms. */
public final class KeysDoor {

    private KeysDoor() {}

    public static void keep(PoolVault vault, PoolName pool, RecipientKey key) throws BackupException {
        vault.keep(pool, key);
    }
}
