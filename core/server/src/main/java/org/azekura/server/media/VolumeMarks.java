package org.azekura.server.media;

import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.api.catalog.CatalogEdit;
import org.azekura.api.catalog.CatalogView;
import org.azekura.api.catalog.DriveErrors;
import org.azekura.api.catalog.Volume;
import org.azekura.server.host.Edition;

/**
 * What operators say of volumes. Setting {@code volume.accepted.ID}: somebody believes in what is on that one though its node can't prove its end, and nothing
 * more is written there.
 */
public final class VolumeMarks {

    private static final String ACCEPTED = "volume.accepted.";

    private VolumeMarks() {}

    /** @throws BackupException as {@link NamedVolume}, {@code volume.state} */
    public static Volume lock(CatalogEdit edit, String name, String why) throws BackupException {
        Edition.next(edit);
        return VolumeBook.change(edit, NamedVolume.in(edit, name), VolumeEvent.LOCKED, why);
    }

    /** @throws BackupException as {@link NamedVolume}, {@code volume.state} */
    public static Volume unlock(CatalogEdit edit, String name) throws BackupException {
        Volume volume = NamedVolume.in(edit, name);
        if (volume.state() != Volume.State.LOCKED) {
            boolean doubted = volume.state() == Volume.State.SUSPECT || volume.state() == Volume.State.QUARANTINED;
            throw BackupException.operator(VolumeBook.STATE, volume.label(), "volume " + volume.label() + " is " + volume.state().word() + ", not locked"
                    + (doubted ? "; \"azekura volume accept\" says that you have looked at it and believe in it" : ""));
        }
        Edition.next(edit);
        return VolumeBook.change(edit, volume, VolumeEvent.UNLOCKED, null);
    }

    /** @throws BackupException as {@link NamedVolume}, {@code volume.state} */
    public static Volume accept(CatalogEdit edit, String name) throws BackupException {
        Volume volume = NamedVolume.in(edit, name);
        boolean needless = volume.state() == Volume.State.EXPIRED && volume.was() == Volume.State.SUSPECT;
        if (!needless && volume.state() != Volume.State.SUSPECT && volume.state() != Volume.State.QUARANTINED) {
            throw BackupException.operator(VolumeBook.STATE, volume.label(), "volume " + volume.label() + " is " + volume.state().word()
                    + ": only one that is suspect or quarantined, or was, is accepted");
        }
        Edition.next(edit);
        // It may become another pool's under the same barcode, too: what is held against it goes in any case.
        for (DriveErrors one : edit.driveErrors()) {
            if (one.barcode().equals(volume.barcode())) {
                edit.deleteDriveErrors(one.drive(), one.barcode());
            }
        }
        if (volume.barcode() != null) {
            MountBook.forgetCartridge(edit, volume.barcode());
        }
        if (needless) {
            // that it was suspect keeps it from being used again no more
            edit.putVolume(volume.after(null));
            return volume.after(null);
        }
        if (volume.state() == Volume.State.SUSPECT) {
            edit.putSetting(ACCEPTED + volume.id(), "yes");
        }
        return VolumeBook.change(edit, volume, VolumeEvent.UNLOCKED, volume.state() == Volume.State.SUSPECT ? "accepted, it was suspect: " + volume.why() : "it was quarantined: "
                + volume.why());
    }

    /**
     * A catalog that was lost knew this of a volume; where it is, and what its node found out, stays.
     *
     * @param why null if nothing is to be said
     */
    public static void revive(CatalogEdit edit, Volume volume, boolean locked, boolean suspect, boolean accepted, String why) throws BackupException {
        if (accepted) {
            edit.putSetting(ACCEPTED + volume.id(), "yes");
            happened(edit, volume.id(), volume.state() == Volume.State.SUSPECT ? VolumeEvent.UNLOCKED : VolumeEvent.FILLED, why);
        } else if (suspect && volume.state() == Volume.State.MISSING) {
            edit.putVolume(volume.after(Volume.State.SUSPECT));
        } else if (suspect) {
            happened(edit, volume.id(), VolumeEvent.ACCUSED, why);
        }
        if (locked) {
            happened(edit, volume.id(), VolumeEvent.LOCKED, why);
        }
    }

    private static void happened(CatalogEdit edit, VolumeId id, VolumeEvent event, String why) throws BackupException {
        Volume volume = edit.volume(id).orElseThrow();
        if (VolumeChange.of(volume.state(), event).isPresent()) {
            VolumeBook.change(edit, volume, event, why);
        }
    }

    /** Whether its node says nothing new by calling it suspect. */
    public static boolean isAccepted(CatalogView view, VolumeId volume) throws BackupException {
        return view.setting(ACCEPTED + volume).isPresent();
    }

    /** Something new is held against it. */
    static void doubt(CatalogEdit edit, VolumeId volume) throws BackupException {
        edit.deleteSetting(ACCEPTED + volume);
    }
}
