package org.azekura.storagenode.driver;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.azekura.api.BackupException;
import org.azekura.api.DeviceName;
import org.azekura.api.driver.SettingsForm;

/** The drivers that are installed, and what they are told to serve. */
public interface Drivers {

    /** Families of the drivers there are now, like {@code disk}. */
    SortedSet<String> known();

    /**
     * What can be set of a driver's devices.
     *
     * @param driver   one of those that are {@link #known}
     * @param language that people read, like {@code ja}; null for the driver's usual one
     */
    SettingsForm form(String driver, String language);

    /** What is set of a device; nothing of one that is not configured. */
    SortedMap<String, String> settings(DeviceName device) throws BackupException;

    /** The family of each device that is configured, served or not; by device. */
    SortedMap<DeviceName, String> configured() throws BackupException;

    /** The family of the driver that is configured for this device, null if there is none. */
    String driverOf(DeviceName device) throws BackupException;

    /** Tells the driver to serve the device with these settings, whether or not it did before. */
    Change configure(DeviceName device, String driver, Map<String, String> settings) throws BackupException;

    /**
     * Tells the driver to serve a device that is configured with some settings changed.
     *
     * @param set   the new values
     * @param unset settings that get their default
     */
    Change change(DeviceName device, Map<String, String> set, Set<String> unset) throws BackupException;

    /** Forgets the device; one that is not there is no error. */
    void remove(DeviceName device) throws BackupException;

    /** Why the driver does not serve the device, as far as it is known; null if nothing speaks against it (yet). */
    String problem(DeviceName device, String driver);

    /** What {@link #configure} or {@link #change} did. */
    interface Change {
        /** False if the device had these settings already. */
        boolean changed();

        /** Puts things back as they were. */
        void undo() throws BackupException;

        /** It is proven, done or undone: until then the next start of this process puts a changed device back as it was. */
        default void keep() throws BackupException {}
    }
}
