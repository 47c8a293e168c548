package org.azekura.driver.simulator;

import java.util.Optional;

/**
 * What holds until a cartridge is loaded or unloaded.
 *
 * @param programmed bytes before the early warning from which on a warning of its own is given
 */
record DriveSettings(boolean compressing, Optional<Seal> seal, long programmed) {

    static final DriveSettings NONE = new DriveSettings(false, Optional.empty(), 0);

    DriveSettings compressing(boolean on) {
        return new DriveSettings(on, seal, programmed);
    }

    DriveSettings sealing(Optional<Seal> by) {
        return new DriveSettings(compressing, by, programmed);
    }

    DriveSettings warningBefore(long bytes) {
        return new DriveSettings(compressing, seal, bytes);
    }
}
