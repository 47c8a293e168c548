package org.azekura.server.media;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.engine.volume.Label;

/** What people, and robots, have seen of cartridges: how the catalog learns of it. Each within one transaction. */
public final class Sightings {

    private Sightings() {}

    /**
     * A cartridge is in a library: by its barcode, so whoever writes on it proves first what it is.
     *
     * @param place for people
     */
    public static void there(CatalogEdit edit, Volume volume, String place) throws BackupException {
        Volume now = at(edit, volume, place);
        if (now.state() == Volume.State.MISSING) {
            VolumeBook.change(edit, now, VolumeEvent.PROVEN, null);
        }
    }

    /** It lies in a mail slot, on its way in or out. */
    public static void underWay(CatalogEdit edit, Volume volume, String place) throws BackupException {
        if (volume.state() != Volume.State.MISSING) {
            at(edit, volume, place);
        }
    }

    /**
     * It is in no library.
     *
     * @param place where it is, or was seen last
     * @param why   for people
     */
    public static void gone(CatalogEdit edit, Volume volume, String place, String why) throws BackupException {
        Volume now = at(edit, volume, place);
        // one that nothing lies on is missed by nobody
        if (now.state() != Volume.State.SCRATCH && VolumeChange.of(now.state(), VolumeEvent.LOST).isPresent()) {
            VolumeBook.change(edit, now, VolumeEvent.LOST, why);
        }
    }

    private static Volume at(CatalogEdit edit, Volume volume, String place) throws BackupException {
        Volume now = volume.at(place, volume.capacity());
        edit.putVolume(now);
        return now;
    }

    /** A label that nothing lies behind was read on a cartridge: its pool may have it next. Told twice is no error. */
    public static void prepared(CatalogEdit edit, Label label, Barcode barcode, String place, long capacity) throws BackupException {
        if (edit.volume(label.volume()).isEmpty()) {
            edit.putVolume(new Volume(label.volume(), label.pool(), label.name(), barcode.value(), Volume.State.SCRATCH, place, 0, capacity, label.set(), label.number(), label.made(),
                    null, null, 0, null));
        }
    }
}
