package org.azekura.server.pool;

import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.server.Thaw;

/** How soon what lies in the archive of a pool is wanted where nobody says it; a setting of the catalog. */
public final class PoolThaw {

    private static final String SETTING = "pool.thaw.";

    private PoolThaw() {}

    /** @param pool or a set of it */
    public static Thaw of(CatalogView view, PoolName pool) throws BackupException {
        return view.setting(SETTING + MediaSets.head(view, pool)).map(word -> Thaw.valueOf(word.toUpperCase(Locale.ROOT))).orElse(Thaw.USUAL);
    }

    static void put(CatalogEdit edit, PoolName pool, Thaw how) throws BackupException {
        edit.putSetting(SETTING + MediaSets.head(edit, pool), how.word());
    }

    static void forget(CatalogEdit edit, PoolName pool) throws BackupException {
        edit.deleteSetting(SETTING + pool);
    }
}
