package org.azekura.server.pool;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.volume.ConfigurationItem;
import org.azekura.engine.volume.PrivateItem;
import org.azekura.server.host.Edition;

/**
 * Counts the edition for what is laid down where nobody counts it: users, the rule, tokens, targets, single sign-on, plans of drills, devices. Those rooms know nothing of checkpoints; so
 * what they have laid down is compared with what it was when it was looked at last.
 */
final class Uncounted {

    private static final String SETTING = "configuration.uncounted";

    private Uncounted() {}

    /** Another one of it is another edition. */
    static void count(CatalogEdit edit) throws BackupException {
        if (isOther(edit)) {
            edit.putSetting(SETTING, hash(edit));
            Edition.next(edit);
        }
    }

    /** Whether it is another one than was counted last. */
    static boolean isOther(CatalogView view) throws BackupException {
        return !hash(view).equals(view.setting(SETTING).orElseGet(() -> HexFormat.of().formatHex(Sha256.begin().digest())));
    }

    private static String hash(CatalogView view) throws BackupException {
        MessageDigest hash = Sha256.begin();
        for (ConfigurationItem item : WrittenDrills.plans(view)) {
            hash.update(item.encoded());
        }
        for (ConfigurationItem item : WrittenAccess.of(view)) {
            hash.update(item.encoded());
        }
        for (PrivateItem item : WrittenPrivate.of(view)) {
            hash.update(item.encoded());
        }
        return HexFormat.of().formatHex(hash.digest());
    }
}
