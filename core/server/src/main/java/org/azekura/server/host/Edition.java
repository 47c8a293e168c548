package org.azekura.server.host;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;

/**
 * Counts the changes of what people have laid down: save sets, policies, and what holds for clients, pools and hosts. So a checkpoint knows whether what it said
 * is still so, and of several checkpoints the newest is known, whatever clocks did.
 */
public final class Edition {

    private static final String SETTING = "configuration.edition";

    private Edition() {}

    /** 0 as long as nobody has laid anything down. */
    public static long of(CatalogView view) throws BackupException {
        return view.setting(SETTING).map(Long::parseLong).orElse(0L);
    }

    /** Something is laid down, or taken back; in the same transaction. */
    public static void next(CatalogEdit edit) throws BackupException {
        edit.putSetting(SETTING, Long.toString(of(edit) + 1));
    }

    /** What was laid down elsewhere up to this edition is in force here: the next one comes behind both. */
    public static void follow(CatalogEdit edit, long other) throws BackupException {
        edit.putSetting(SETTING, Long.toString(Math.max(of(edit), other) + 1));
    }
}
