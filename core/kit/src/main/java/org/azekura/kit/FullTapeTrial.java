package org.azekura.kit;

import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.testkit.device.FullTapeContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The end of the tape, of a cartridge that is small enough. */
class FullTapeTrial implements FullTapeContract {

    private final ScratchCartridge scratch = Conformance.scratch();
    private Drive drive;

    @BeforeEach
    void open() throws BackupException {
        scratch.open();
        drive = scratch.inDrive();
    }

    @Override
    public Drive drive() {
        return drive;
    }

    @AfterEach
    void putBack() throws BackupException {
        scratch.putBack();
    }
}
