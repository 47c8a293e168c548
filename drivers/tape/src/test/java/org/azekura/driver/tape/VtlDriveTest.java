package org.azekura.driver.tape;

import java.nio.file.Path;
import org.azekura.api.device.Drive;
import org.azekura.testkit.device.DriveContract;
import org.azekura.testkit.device.DriveFeaturesContract;
import org.azekura.testkit.device.TapePlacesContract;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A drive that has no places, walks over filemarks, and stays ready when it is unloaded (tgtd). */
class VtlDriveTest implements DriveContract, TapePlacesContract, DriveFeaturesContract {

    @TempDir
    static Path dir;
    private static Vtl vtl;
    private TapeLibrary library;

    @BeforeAll
    static void start() throws Exception {
        Vtl.assumeUsable();
        vtl = Vtl.start(dir);
    }

    @AfterAll
    static void stop() {
        if (vtl != null) {
            vtl.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        library = Libraries.on(vtl);
        Libraries.putIn(library, "VT0001L5", 0);
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
