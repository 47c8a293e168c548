package org.azekura.api.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.azekura.api.BackupException;
import org.azekura.api.driver.DriverInstaller.Unserved;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a dedicated appliance runs from: an image in one of two slots, and updates that are written into the other. On a machine that does not run from
 * an image every method fails with {@code firmware.unsupported}. There is one update at a time, and it is forgotten when this process ends. Safe for any
 * number of threads.
 */
@ProviderType
public interface Firmware {

    /** An update is not larger: what a slot holds is not. */
    long MAX_UPDATE = 1L << 30;

    /**
     * Returns if an update may be sent: asked before it is.
     *
     * @throws BackupException {@code firmware.unsupported} if this machine does not run from an image, {@code firmware.busy} while an update is installed
     */
    void requireReady() throws BackupException;

    /** @throws BackupException {@code firmware.updater} if the updater does not answer */
    State state() throws BackupException;

    /**
     * Looks an update through, whole: signature, every block, compatible, version. Nothing is written but the file's place.
     *
     * @param file of at most {@link #MAX_UPDATE} bytes; if this returns it belongs to the update, whose predecessor is gone
     * @throws BackupException {@code firmware.invalid}: no update at all; {@code firmware.refused}: not signed by whom this appliance trusts, changed
     *                         since, for other machines, or older than what runs; {@code firmware.busy} while one is installed; {@code firmware.io}. The
     *                         file is the caller's still
     */
    Update take(Path file) throws BackupException;

    /** @throws BackupException {@code update.unknown} */
    Update update(String id) throws BackupException;

    /**
     * Begins to write an update into the slot that does not run; {@link #update} tells how far it is. It runs from the next restart on.
     *
     * @param driversAnyway whether it may be one whose SPI does not suit all drivers that are installed here
     * @throws BackupException {@code update.unknown}; {@code drivers.refused}, which names them; {@code firmware.busy}. Nothing was begun
     */
    Update install(String id, boolean driversAnyway) throws BackupException;

    /** Forgets an update that is not being installed, with its file. What is installed stays so. */
    void drop(String id) throws BackupException;

    /**
     * Has the machine start again. Jobs are parked when this process is told to end, and go on behind the start.
     *
     * @throws BackupException {@code firmware.busy} while an update is installed; {@code firmware.system} if the system does not do it
     */
    void restart() throws BackupException;

    /**
     * @param version that runs
     * @param slot    name of the slot that it runs from
     * @param slots   by name
     * @param update  null if there is none
     */
    record State(String version, String slot, List<Slot> slots, Update update) {

        public State {
            slots = List.copyOf(slots);
        }
    }

    /**
     * One of the places for an image.
     *
     * @param version of what is in it; empty if nobody knows
     * @param runs    whether the machine was started from it
     * @param next    whether it is to be started from it next
     * @param good    whether it may be started: an update that never became ready is not good any more, and neither is a slot that was never written
     */
    record Slot(String name, String version, boolean runs, boolean next, boolean good) {}

    /**
     * An update that was let in.
     *
     * @param drivers  that were installed here as packages and that it does not serve
     * @param percent  of the installing
     * @param doing    what is done just now, in the updater's words; empty if nothing is
     * @param problem  why it could not be installed; empty if it could, or was not tried
     */
    record Update(String id, String version, long bytes, List<Unserved> drivers, Stage stage, int percent, String doing, String problem) {

        public Update {
            drivers = List.copyOf(drivers);
        }
    }

    /** How far an update is. */
    enum Stage {
        /** It was found good, and nothing is written. */
        CHECKED,
        INSTALLING,
        /** It runs from the next restart on. */
        INSTALLED,
        /** It could not be written; what runs goes on, and it can be tried again. */
        FAILED;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
