package org.azekura.storagenode.cartridge.drive;

import java.time.Instant;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what is done with the cartridge in a drive. Bytes are counted here: what drives call a byte in their pages of errors is a data set with some and a
 * kibibyte with others. One thread at a time.
 */
public final class MountTally {

    private static final Logger LOG = LoggerFactory.getLogger(MountTally.class);

    private Instant loaded = Instant.now();
    private long written;
    private long read;
    private long told;
    private int errors;

    /** A cartridge is loaded. */
    void begin() {
        loaded = Instant.now();
        written = 0;
        read = 0;
        told = 0;
        errors = 0;
    }

    void wrote(int bytes) {
        written += bytes;
    }

    void read(int bytes) {
        read += bytes;
    }

    /** An error was told. */
    void erred() {
        errors++;
    }

    /** All of it, if something was done since this was asked last. What the cartridge has been through is asked at the end: it needs the cartridge, and so meets what others did. */
    Optional<Mounted> soFar(Drive drive) {
        return news(drive, false);
    }

    /** The same, before the cartridge is unloaded or loaded once more. */
    Optional<Mounted> all(Drive drive) {
        return news(drive, true);
    }

    private Optional<Mounted> news(Drive drive, boolean ends) {
        if (written + read == told) {
            return Optional.empty();
        }
        told = written + read;
        return Optional.of(new Mounted(loaded, written, read, errors, counters(drive), ends ? life(drive) : Drive.Life.NONE));
    }

    private static Drive.Counters counters(Drive drive) {
        try {
            return drive.counters();
        } catch (BackupException e) {
            LOG.debug("{} does not tell what it counted: {}", drive.location(), e.getMessage());
            return Drive.Counters.NONE;
        }
    }

    private static Drive.Life life(Drive drive) {
        try {
            return drive.life();
        } catch (BackupException e) {
            LOG.debug("{} does not tell what its cartridge has been through: {}", drive.location(), e.getMessage());
            return Drive.Life.NONE;
        }
    }
}
