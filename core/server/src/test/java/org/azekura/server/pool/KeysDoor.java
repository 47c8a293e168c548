package org.azekura.server.pool;

import java.lang.reflect.Proxy;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.engine.seal.RecipientKey;

/** Into the vault, for tests of other rooms. */
public final class KeysDoor {

    private KeysDoor() {}

    public static void keep(PoolVault vault, PoolName pool, RecipientKey key) throws BackupException {
        vault.keep(pool, key);
    }

    /** One whose server is killed when something was written. */
    static CatalogStore killedAfterWriting(CatalogStore catalog) {
        return (CatalogStore) Proxy.newProxyInstance(KeysDoor.class.getClassLoader(), new Class<?>[] {CatalogStore.class}, (proxy, method, arguments) -> {
            Object answer = method.invoke(catalog, arguments);
            if (method.getName().equals("write")) {
                throw new IllegalStateException("killed");
            }
            return answer;
        });
    }
}
