package org.azekura.driver.tape.scsi;

import org.azekura.api.BackupException;

/** How a logical unit is reached. Thread-safe. */
public interface ScsiPath {

    /**
     * Connects anew: a session of its own, so its first commands meet a unit attention.
     *
     * @throws BackupException {@code device.io} if it can't be reached, refuses, or there is none; {@code device.timeout} if nothing answers;
     *                         {@code device.interrupted}. Nothing stays open
     */
    ScsiTransport open() throws BackupException;

    /** For people: the address as it was given. */
    String location();
}
