package org.azekura.storagenode.cartridge.drive;

import org.azekura.api.BackupException;

/** What is done with a cartridge that nobody wants before it goes back to its slot. */
public interface LastLook {

    /**
     * In a drive that the caller has.
     *
     * @return whether nobody came who wants a drive; else it stays where it is
     * @throws BackupException it goes back without that
     */
    boolean at(Bay bay) throws BackupException;
}
