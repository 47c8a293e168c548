package org.azekura.server.job;

import java.util.Collection;
import org.azekura.api.BackupException;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;

/**
 * Remembers which snapshots lost chunks. Such a snapshot is nobody's parent: a client takes what is unchanged from its
 * parent without reading it, so the lost chunks would never be sent again. Compared with nothing, the next backup sends
 * exactly what the node does not have, and heals all snapshots that need it.
 */
final class DamagedSnapshots {

    private static final String SETTING = "damaged.";

    private final CatalogStore catalog;

    DamagedSnapshots(CatalogStore catalog) {
        this.catalog = catalog;
    }

    void remember(Collection<SnapshotId> snapshots) throws BackupException {
        catalog.write(edit -> {
            for (SnapshotId snapshot : snapshots) {
                edit.putSetting(SETTING + snapshot, "yes");
            }
            return null;
        });
    }

    /** It was deleted. */
    static void forget(CatalogEdit edit, SnapshotId snapshot) throws BackupException {
        edit.deleteSetting(SETTING + snapshot);
    }

    static boolean isDamaged(CatalogView view, SnapshotId snapshot) throws BackupException {
        return view.setting(SETTING + snapshot).isPresent();
    }
}
