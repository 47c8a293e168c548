package org.azekura.server.media;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Volume;

/** What an inventory has to say of volumes. */
public final class Whereabouts {

    private Whereabouts() {}

    /** It is in its library, at this place; one that was missing is what it was before. */
    public static Volume there(CatalogEdit edit, Volume volume, String place) throws BackupException {
        Volume placed = moved(edit, volume, place);
        return placed.state() == Volume.State.MISSING ? VolumeBook.change(edit, placed, VolumeEvent.PROVEN, null) : placed;
    }

    /** It is at this place, and not where it can be used. */
    public static Volume moved(CatalogEdit edit, Volume volume, String place) throws BackupException {
        Volume placed = volume.at(place, volume.capacity());
        if (!placed.equals(volume)) {
            edit.putVolume(placed);
        }
        return placed;
    }

    /**
     * It is not in its library.
     *
     * @param why for people
     */
    public static Volume gone(CatalogEdit edit, Volume volume, String why) throws BackupException {
        return VolumeBook.change(edit, volume, VolumeEvent.LOST, why);
    }
}
