package org.azekura.api.message;

import java.util.List;
import org.azekura.api.DeviceName;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;

/**
 * Something with the cartridges of a library. It takes turns with jobs: a cartridge that one uses is taken from its drive only when all that was
 * written is on the tape, and the job fetches it again. Fails with {@code device.unserved}, {@code library.none} if the device is no library, what its
 * changer and drives say, {@code device.busy} if a job does not let go of a drive for minutes.
 */
public sealed interface LibraryOrder extends NodeOrder {

    /** The library. */
    DeviceName device();

    /** Where is everything? What the changer believes. Answer: {@link LibraryAnswer.Elements}. */
    record ListElements(DeviceName device) implements LibraryOrder {}

    /**
     * Where is everything? What was known of cartridges is looked at anew when it is needed. Answer: {@link LibraryAnswer.Elements}.
     *
     * @param initialise whether the robot looks into every element, which may take many minutes
     */
    record Inventory(DeviceName device, boolean initialise) implements LibraryOrder {}

    /**
     * Move a cartridge. One in a drive is unloaded first. Answer: {@link Answer.Done}. Fails with {@code changer.*}; the inventory tells where it is then.
     *
     * @param from address of an element
     * @param to   address of another one
     */
    record MoveMedium(DeviceName device, int from, int to) implements LibraryOrder {}

    /**
     * What does this cartridge begin with? It is brought into a drive, and back. Answer: {@link LibraryAnswer.CartridgeFound}. Fails with {@code volume.missing} if it
     * is in no slot and no drive.
     */
    record LookAtLabel(DeviceName device, Barcode barcode) implements LibraryOrder {}

    /**
     * Read a stretch of this cartridge, block by block; some minutes of it. It stays in the drive until its end was met. Answer: {@link LibraryAnswer.PassedThrough}. Fails as
     * {@link LookAtLabel}, and with {@code volume.quarantined} if it has no label.
     *
     * @param from where the stretch before ended; null: at the beginning
     */
    record ReadThrough(DeviceName device, Barcode barcode, LibraryAnswer.Reached from) implements LibraryOrder {}

    /**
     * Write this label on a cartridge that is blank or given up, and nothing else; on any other nothing is written. Answer: {@link LibraryAnswer.CartridgeFound}, after the label
     * was read back. Fails as {@link LookAtLabel}, and with {@code volume.label} if it was not read back as it was written.
     *
     * @param pool  that the label names
     * @param label whole, signed by the server
     * @param overwrites the volume whose label may be on the cartridge still, for it is given up; null: the cartridge must be blank
     */
    record LabelCartridge(DeviceName device, PoolName pool, Barcode barcode, byte[] label, VolumeId overwrites) implements LibraryOrder {

        /** On a blank one. */
        public LabelCartridge(DeviceName device, PoolName pool, Barcode barcode, byte[] label) {
            this(device, pool, barcode, label, null);
        }
    }

    /**
     * Clean this drive with a cleaning cartridge that is in a slot. Answer: {@link LibraryAnswer.DriveCleaned}. Fails with {@code cleaning.none} if there is
     * none.
     *
     * @param drive its number
     * @param with  the cleaning cartridge; null: the first that is in a slot
     */
    record CleanDrive(DeviceName device, int drive, Barcode with) implements LibraryOrder {

        /** With the first cleaning cartridge. */
        public CleanDrive(DeviceName device, int drive) {
            this(device, drive, null);
        }
    }

    /**
     * What may be done with the drives of a library from here on; drives that are not named are well. Holds until the next such order, also for a library
     * that is served later; a node that starts uses all of them until it hears this. Nothing is taken out of a drive because of it: what goes on there
     * ends as it would. Answer: {@link Answer.Done}.
     *
     * @param out     numbers of drives that get nothing any more
     * @param unclean numbers of drives that want to be cleaned before they get anything else
     */
    record UseDrives(DeviceName device, List<Integer> out, List<Integer> unclean) implements LibraryOrder {

        public UseDrives {
            out = List.copyOf(out);
            unclean = List.copyOf(unclean);
        }
    }

    /** Which drives can seal what they write? Moves nothing. Answer: {@link LibraryAnswer.SealingDrives}. */
    record AskSealing(DeviceName device) implements LibraryOrder {}
}
