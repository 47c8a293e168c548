package org.azekura.server.job.rebuild;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Volume;
import org.azekura.engine.volume.CheckpointItem;

/** Cartridges that a checkpoint names. */
final class KnownCartridges {

    /** As names of volumes of a set end. */
    private static final Pattern NUMBER = Pattern.compile(".*-(\\d{1,6})");

    private KnownCartridges() {}

    /**
     * Puts one that the catalog does not know yet as one that is missing, until its node has seen it.
     *
     * @param first volume of the pool
     * @return false if it is one of another pool
     */
    static boolean put(CatalogEdit edit, PoolName pool, VolumeId first, CheckpointItem.Volume volume) throws BackupException {
        Volume known = edit.volume(volume.id()).orElse(null);
        if (known == null) {
            edit.putVolume(new Volume(volume.id(), pool, volume.name(), volume.barcode(), Volume.State.MISSING, "", 0, -1, first, number(volume), null, null,
                    "it was not there when the catalog was rebuilt", 0, null));
        }
        return known == null || known.pool().equals(pool);
    }

    private static int number(CheckpointItem.Volume volume) {
        Matcher matcher = NUMBER.matcher(volume.name());
        return matcher.matches() ? Math.max(1, Integer.parseInt(matcher.group(1))) : 1;
    }
}
