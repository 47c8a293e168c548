package org.azekura.driver.simulator;

import java.nio.file.Path;
import org.azekura.api.device.Drive;
import org.azekura.testkit.device.DriveContract;
import org.azekura.testkit.device.DriveFeaturesContract;
import org.azekura.testkit.device.TapePlacesContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDriveTest implements DriveContract, TapePlacesContract, DriveFeaturesContract {

    @TempDir
    Path dir;
    private Simulator library;

    @BeforeEach
    void open() throws Exception {
        library = Libraries.open(dir);
        Libraries.putIn(library, "A00001L8", 0);
    }

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
