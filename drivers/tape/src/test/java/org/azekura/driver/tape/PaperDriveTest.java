package org.azekura.driver.tape;

import org.azekura.api.device.Drive;
import org.azekura.driver.tape.paper.PaperDrive;
import org.azekura.testkit.device.DriveContract;
import org.azekura.testkit.device.DriveFeaturesContract;
import org.azekura.testkit.device.FullTapeContract;
import org.azekura.testkit.device.TapePlacesContract;
import org.junit.jupiter.api.AfterEach;

/** All that no peer has, on a drive made by hand from the standards; its sense data are in the descriptor format. */
class PaperDriveTest implements DriveContract, TapePlacesContract, DriveFeaturesContract, FullTapeContract {

    private final TapeLibrary library = Papers.library(new PaperDrive(32_000_000, false, true));

    @Override
    public Drive drive() {
        return library.drives().getFirst();
    }

    @Override
    @AfterEach
    public void close() {
        library.close();
    }
}
