package org.azekura.api.server;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Disks of a dedicated appliance's machine: what is on each, how it is, and the sets that other whole disks than its own are made into, mounted at each start.
 * On a machine that does not run from an image every method fails with {@code disk.unsupported}: there the system's own means make and mount file systems.
 * Safe for any number of threads.
 */
@ProviderType
public interface ApplianceDisks {

    /** @throws BackupException {@code disk.system} if the system does not tell */
    State state() throws BackupException;

    /**
     * Makes a disk set and mounts it, which takes seconds, for large disks a minute.
     *
     * @throws BackupException {@code disk.invalid}: such an order has no sense; {@code disk.refused}: the disks can't be taken, and nothing was done;
     *                         {@code disk.system}: it could not be made, and nothing of it stays but that what was to be erased may be
     */
    DiskSet make(Order order) throws BackupException;

    /**
     * Mounts a set that is {@link Condition#FOUND}, and keeps it. Nothing on it is erased.
     *
     * @throws BackupException as {@link #make}
     */
    DiskSet attach(String name) throws BackupException;

    /**
     * All disks of the machine, and all sets, both by the names of the system.
     *
     * @param asked when disks were for their health, which the system does every half hour; null if nobody has since the start
     */
    record State(Instant asked, List<Disk> disks, List<DiskSet> sets) {

        public State {
            disks = List.copyOf(disks);
            sets = List.copyOf(sets);
        }
    }

    /**
     * A whole disk.
     *
     * @param name      of this start, like {@code sdb}; what was asked for its health if the system has no such disk, as behind a controller
     * @param serial    empty if it tells none
     * @param bytes     0 if it tells none
     * @param holds     what is on it, like {@code ext4, gpt}; empty if nothing that is known
     * @param hindrance why it can't be taken at all; empty if it can, with what is on it being erased
     * @param set       name of the one that it belongs to; empty if it is in none
     * @param health    null if it has said nothing
     */
    record Disk(String name, String serial, String model, long bytes, String holds, String hindrance, String set, DiskHealth health) {}

    /**
     * @param level  single, mirror, raid6 or raid10
     * @param bytes  that fit on it; 0 if it is not there
     * @param disks  by name, those that are there
     * @param lacks  how many are not
     * @param folder where it is mounted
     */
    record DiskSet(String name, Condition condition, String level, long bytes, List<String> disks, int lacks, String folder) {

        public DiskSet {
            disks = List.copyOf(disks);
        }
    }

    /** How a disk set is. */
    enum Condition {
        /** Mounted, with all of its disks. */
        WHOLE,
        /** Mounted, without some of its disks: the next one that fails may be one too many. */
        DEGRADED,
        /** So many of its disks are not there that it is not, either. */
        MISSING,
        /** Its disks are there, but its file system could not be mounted. */
        UNMOUNTED,
        /** Made by an earlier appliance, and not attached here. */
        FOUND;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What to make.
     *
     * @param name  1 to 15 small letters and digits
     * @param disks by name or serial number
     * @param erase those of them whose content is to go, in the same words
     */
    record Order(String name, String level, List<String> disks, List<String> erase) {

        public Order {
            disks = List.copyOf(disks);
            erase = List.copyOf(erase);
        }
    }
}
