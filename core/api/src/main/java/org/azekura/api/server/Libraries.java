package org.azekura.api.server;

import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.NodeName;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.DriveHealth;
import org.azekura.api.catalog.DriveMount;
import org.azekura.api.catalog.Volume;
import org.azekura.api.device.Barcode;
import org.azekura.api.device.Element;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Libraries of the storage nodes that are connected, and the cartridges in them. What moves anything is a job, see {@link JobOrder.OfLibrary}. Safe for any
 * number of threads.
 */
@ProviderType
public interface Libraries {

    /**
     * By node, then by name. One that does not answer is listed with its problem.
     *
     * @param node null: all that are connected
     * @throws BackupException {@code node.offline}
     */
    List<Library> list(NodeName node) throws BackupException;

    /**
     * Where everything is in one; nothing moves.
     *
     * @param node null: the one that has it
     * @throws BackupException {@code device.unknown}, {@code device.ambiguous}, {@code library.none} if it is no library; {@code node.*}; what the library says
     */
    Library get(DeviceName name, NodeName node) throws BackupException;

    /**
     * A volume by its name or its barcode.
     *
     * @throws BackupException {@code volume.unknown}; {@code volume.ambiguous} if several are called so
     */
    Shelved volume(String name) throws BackupException;

    /**
     * Has a volume left as it is until {@link #unlock}: it is read, but never written nor labelled anew, and holds its pool.
     *
     * @param name by its name or its barcode
     * @param why  for people
     * @throws BackupException as {@link #volume}; {@code volume.state}
     */
    Shelved lock(String name, String why) throws BackupException;

    /**
     * A locked volume is what it was before.
     *
     * @throws BackupException as {@link #volume}; {@code volume.state} if it is not locked
     */
    Shelved unlock(String name) throws BackupException;

    /**
     * Somebody has looked at a suspect volume and believes in it: what is on it counts, and nothing more is written on it. A quarantined one is suspect then. What
     * was held against its cartridge is forgotten.
     *
     * @throws BackupException as {@link #volume}; {@code volume.state} if it is neither
     */
    Shelved accept(String name) throws BackupException;

    /**
     * Takes a drive out, so that it gets nothing more, or in again. What goes on in it ends as it would. Taken in, all that was held against it is forgotten.
     *
     * @param node null: the one that has the library
     * @param why  for people; of one that is taken out
     * @throws BackupException as {@link #get}; {@code drive.unknown}
     */
    Library use(DeviceName name, NodeName node, int drive, boolean up, String why) throws BackupException;

    /**
     * A library.
     *
     * @param location for people
     * @param changer  whether there is a robot
     * @param places   by address; without a robot the drives, by their numbers
     * @param problem  why nothing is known of it; empty if something is
     */
    record Library(DeviceName name, NodeName node, String driver, String location, boolean changer, List<Place> places, String problem) {

        public Library {
            places = List.copyOf(places);
        }
    }

    /**
     * A place for one cartridge.
     *
     * @param barcode    of what lies in it; null if there is nothing, or nobody can tell
     * @param volume     that lies in it, as far as the catalog knows it; else null
     * @param pool       of the volume, also of one that only the storage node knows; null if nobody knows
     * @param scratch    whether it is a cartridge whose pool was deleted, and which another may have
     * @param source     where the cartridge was taken from last, null if nobody knows
     * @param drive      number of the drive that this is, null if it is none or nobody knows
     * @param accessible whether the picker can reach it now
     * @param used       whether something goes on in the drive now
     * @param cleanings  how often the cleaning cartridge that lies here was used; 0 for any other
     * @param problem    empty if nothing is wrong here
     * @param health     what is known against the drive that this is; null if nothing
     * @param warnings   what is to be looked at of the drive that this is, and of the cartridge in it
     */
    record Place(int address, Element.Kind kind, Element.Filling filling, Barcode barcode, Volume volume, PoolName pool, boolean scratch, Integer source, Integer drive,
            boolean accessible, boolean used, int cleanings, String problem, DriveHealth health, List<String> warnings) {

        public Place {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A volume, and what lies on it.
     *
     * @param node   that has its pool
     * @param device of its pool
     * @param driver of that
     * @param packs  on it
     * @param use    what drives told of its cartridge
     * @param unread the oldest time at which one of them was found whole last, or was written if it never was; null if none are there
     */
    record Shelved(Volume volume, NodeName node, DeviceName device, String driver, int packs, CartridgeUse use, Instant unread) {

        /** One on which nothing is. */
        public Shelved(Volume volume, NodeName node, DeviceName device, String driver, int packs, CartridgeUse use) {
            this(volume, node, device, driver, packs, use, null);
        }
    }

    /**
     * What drives told of a cartridge.
     *
     * @param life     null if nothing is known
     * @param mounts   the last of them, oldest first
     * @param warnings what is to be looked at, for people
     */
    record CartridgeUse(CartridgeLife life, List<DriveMount> mounts, List<String> warnings) {

        /** Nothing was told. */
        public static final CartridgeUse NONE = new CartridgeUse(null, List.of(), List.of());

        public CartridgeUse {
            mounts = List.copyOf(mounts);
            warnings = List.copyOf(warnings);
        }
    }
}
