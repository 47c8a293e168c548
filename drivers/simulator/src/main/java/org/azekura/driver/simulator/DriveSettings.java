package org.azekura.driver.simulator;

import java.util.Optional;

/**
 * What holds until a cartridge is loaded or unloaded.
 *
 * @param seal       with which blocks are opened
 * @param seals      whether those that are written are sealed with it
 * @param programmed bytes before the early warning from which on a warning of its own is given
 */
record DriveSettings(boolean compressing, Optional<Seal> seal, boolean seals, long programmed) {

    static final DriveSettings NONE = new DriveSettings(false, Optional.empty(), false, 0);

    DriveSettings compressing(boolean on) {
        return new DriveSettings(on, seal, seals, programmed);
    }

    DriveSettings sealing(Optional<Seal> by) {
        return new DriveSettings(compressing, by, true, programmed);
    }

    DriveSettings opening(Optional<Seal> by) {
        return new DriveSettings(compressing, by, false, programmed);
    }

    DriveSettings warningBefore(long bytes) {
        return new DriveSettings(compressing, seal, seals, bytes);
    }
}
