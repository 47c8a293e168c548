package org.azekura.kit;

import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.testkit.device.DriveContract;
import org.azekura.testkit.device.DriveFeaturesContract;
import org.azekura.testkit.device.TapePlacesContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract of {@link Drive} on the first drive of the library under test. */
class DriveTrial implements DriveContract, TapePlacesContract, DriveFeaturesContract {

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

    @Override
    public void close() {
        Conformance.device().close();
    }

    @AfterEach
    void putBack() throws BackupException {
        scratch.putBack();
    }
}
