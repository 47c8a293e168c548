package org.azekura.server.pool;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogStore;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.Replica;

/**
 * Packs that were healed in a place with a lock, from when they are in the catalog until they are locked: the manifests there say already that all is locked, and so does the row of a pack
 * that has taken the place of another, so nobody comes to them by a snapshot. Kept as settings.
 */
public final class OwedLocks {

    /** With a place and a pack behind it. */
    private static final String OWED = "lock.owed.";

    private OwedLocks() {}

    private static String prefix(PoolName place) {
        return OWED + place + "/";
    }

    /** This pack has come into a place: said with its row, in one, so that neither is there without the other. */
    public static void owe(CatalogEdit edit, PoolName place, PackId pack) throws BackupException {
        if (isLocked(edit, place)) {
            edit.putSetting(prefix(place) + pack, "");
        }
    }

    private static boolean isLocked(CatalogView view, PoolName place) throws BackupException {
        return !view.lock(MediaSets.head(view, view.replica(place).map(Replica::within).orElse(place))).isZero();
    }

    /** It is locked. */
    public static void paid(CatalogEdit edit, PoolName place, PackId pack) throws BackupException {
        edit.deleteSetting(prefix(place) + pack);
    }

    /** Nothing is owed there: nothing is kept, the device locks nothing, or the place is gone. */
    public static void forget(CatalogEdit edit, PoolName place) throws BackupException {
        for (String owed : edit.settings(prefix(place)).keySet()) {
            edit.deleteSetting(owed);
        }
    }

    /** Those that are there still; those that were dropped are forgotten. */
    public static List<PackId> in(CatalogStore catalog, PoolName place) throws BackupException {
        if (catalog.read(view -> view.settings(prefix(place)).isEmpty())) {
            return List.of();
        }
        return catalog.write(edit -> {
            List<PackId> owed = new ArrayList<>();
            for (String name : edit.settings(prefix(place)).keySet()) {
                PackId pack = PackId.parse(name.substring(prefix(place).length()));
                if (edit.pack(pack, place).isPresent()) {
                    owed.add(pack);
                } else {
                    paid(edit, place, pack);
                }
            }
            return owed;
        });
    }
}
