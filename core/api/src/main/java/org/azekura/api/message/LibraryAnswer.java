package org.azekura.api.message;

import java.util.List;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.azekura.api.device.Position;

/** To orders about the cartridges of a library. */
public sealed interface LibraryAnswer extends Answer {

    /**
     * Where everything is in a library; by address.
     *
     * @param location of the library, for people
     * @param changer  whether there is a robot; without, the elements are the drives, by their numbers
     */
    record Elements(String location, boolean changer, List<ElementFound> elements) implements LibraryAnswer {

        /** More do not fit in one frame of the control stream. */
        public static final int MOST = 40_000;
    }

    /**
     * A place for one cartridge.
     *
     * @param barcode    of what lies in it; null if there is nothing, or nobody can tell
     * @param source     where that was taken from last, -1 if nobody knows
     * @param drive      number of the drive that this is, -1 if it is none or nobody knows
     * @param accessible whether the picker can reach it now
     * @param used       whether something goes on in the drive now
     * @param pool       whose label was found on the cartridge when it was looked at last; null if it was not, or has none
     * @param volume     that the label names, null with {@code pool}
     * @param problem    what the changer says is wrong here; empty if nothing
     */
    record ElementFound(int address, Element.Kind kind, Element.Filling filling, Barcode barcode, int source, int drive, boolean accessible, boolean used,
            PoolName pool, VolumeId volume, String problem) {}

    /**
     * What a cartridge begins with.
     *
     * @param written  whether the label was written just now
     * @param label    as it is there; null if there is none
     * @param more     whether anything stands behind the label
     * @param what     for people: why it is neither blank nor labelled, else empty
     * @param capacity in bytes, -1 if nobody knows
     */
    record CartridgeFound(Beginning beginning, boolean written, byte[] label, boolean more, String what, long capacity) implements LibraryAnswer {}

    /** What stands at the beginning of a cartridge. */
    enum Beginning {
        BLANK, LABELLED,
        /** Something else, or nobody can tell: it is never written. */
        OTHER
    }

    /**
     * What was met on a stretch of a cartridge that is read block by block.
     *
     * @param objects    in the order in which they lie
     * @param damage     for people: what can't be read, is not what it should be, or is not there
     * @param unreadable blocks that can't be read, or are not as they were written
     * @param gaps       how often another number came than the next
     * @param bytes      of blocks that were read
     * @param next       where it goes on; null at the end
     */
    record PassedThrough(List<OnTape> objects, List<String> damage, long unreadable, long gaps, long bytes, Reached next) implements LibraryAnswer {

        public PassedThrough {
            objects = List.copyOf(objects);
            damage = List.copyOf(damage);
        }
    }

    /**
     * An object on a cartridge.
     *
     * @param name     of the blob, or for people if that can't be read
     * @param pack     that it is, null if it is none
     * @param deletion whether it says that the blob of that name is not there any more
     * @param whole    whether all of its blocks could be read, and were what they should be
     */
    record OnTape(String name, PackId pack, boolean deletion, boolean whole) {}

    /**
     * A place between two objects of a cartridge.
     *
     * @param serial of the object that comes next
     * @param number of the block that comes next; -1 if that is not known, for the object before could not be read to its end
     */
    record Reached(long serial, long number, Position at) {}

    /**
     * To {@link LibraryOrder.CleanDrive}.
     *
     * @param with    the cleaning cartridge, which is back in its place
     * @param problem what the drive says against it; empty if it is clean
     */
    record DriveCleaned(Barcode with, String problem) implements LibraryAnswer {}

    /**
     * To {@link LibraryOrder.AskSealing}: drives, for people.
     *
     * @param able   that can
     * @param unable that can't
     * @param silent that do not say, and why
     */
    record SealingDrives(List<String> able, List<String> unable, List<String> silent) implements LibraryAnswer {

        public SealingDrives {
            able = List.copyOf(able);
            unable = List.copyOf(unable);
            silent = List.copyOf(silent);
        }
    }
}
