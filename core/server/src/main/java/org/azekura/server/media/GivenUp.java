package org.azekura.server.media;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.ScratchVolume;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;

/** Cartridges of pools that go. */
public final class GivenUp {

    private GivenUp() {}

    /**
     * A pool goes: its cartridges become scratch, but for those that are not to be written: suspect, quarantined and locked ones are nobody's from then on,
     * and whoever meets them leaves them alone for their label.
     *
     * @param why for people
     * @return those that are scratch
     */
    public static List<Volume> all(CatalogEdit edit, PoolName pool, String why) throws BackupException {
        List<Volume> scratch = new ArrayList<>();
        for (Volume volume : VolumeBook.of(edit, pool)) {
            if (volume.barcode() != null && isFit(volume.state()) && (volume.was() == null || isFit(volume.was()))) {
                edit.putScratch(new ScratchVolume(volume.id(), volume.label(), volume.barcode(), Instant.now(), why));
                scratch.add(volume);
            }
        }
        return scratch;
    }

    /**
     * What was given up bears another label: it is no volume any more.
     *
     * @throws BackupException {@code volume.used} if packs are on it all the same
     */
    public static void forget(CatalogEdit edit, VolumeId overwritten) throws BackupException {
        VolumeBook.forget(edit, overwritten);
    }

    /** A cartridge is a pool's: what it was given up, or labelled beforehand, as before is nothing any more. */
    public static void taken(CatalogEdit edit, VolumeId now, Barcode barcode) throws BackupException {
        for (ScratchVolume scratch : edit.scratchVolumes()) {
            if (barcode.value().equals(scratch.barcode())) {
                edit.deleteScratch(scratch.volume());
            }
        }
        for (Volume volume : edit.volumes()) {
            if (volume.number() == 0 && barcode.value().equals(volume.barcode()) && !volume.id().equals(now)) {
                forget(edit, volume.id());
            }
        }
    }

    private static boolean isFit(Volume.State state) {
        return switch (state) {
            case SCRATCH, APPENDABLE, FULL, EXPIRED, MISSING -> true;
            case SUSPECT, QUARANTINED, LOCKED, CLEANING -> false;
        };
    }
}
