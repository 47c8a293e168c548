package org.azekura.server.job.place;

import java.util.Locale;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.server.Thaw;
import org.azekura.server.job.run.Stage;
import org.azekura.server.pool.MediaSets;

/** How soon what lies in the archive of a pool is wanted where nobody says it; a setting of the catalog. */
public final class PoolThaw {

    private static final String SETTING = "pool.thaw.";

    private PoolThaw() {}

    static Thaw of(Stage stage, PoolName pool) throws BackupException {
        Optional<String> kept = stage.catalog().read(view -> view.setting(SETTING + MediaSets.head(view, pool)));
        return kept.map(word -> Thaw.valueOf(word.toUpperCase(Locale.ROOT))).orElse(Thaw.USUAL);
    }

    /** @param how null for the usual way again */
    public static void put(CatalogEdit edit, PoolName pool, Thaw how) throws BackupException {
        if (how == null) {
            edit.deleteSetting(SETTING + pool);
        } else {
            edit.putSetting(SETTING + pool, how.word());
        }
    }
}
