package org.azekura.driver.tape;

import java.nio.file.Path;
import org.azekura.api.device.Drive;
import org.azekura.testkit.device.DriveContract;
import org.azekura.testkit.device.DriveFeaturesContract;
import org.azekura.testkit.device.TapePlacesContract;
import org.azekura.testkit.tape.Istgt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A drive that goes to places by names of its own, cuts blocks in silence, and miscounts when it spaces (istgt). It is a library without a changer. */
class IstgtDriveTest implements DriveContract, TapePlacesContract, DriveFeaturesContract {

    @TempDir
    static Path dir;
    private static Istgt istgt;
    private TapeLibrary library;

    @BeforeAll
    static void start() throws Exception {
        Istgt.assumeUsable();
        istgt = Istgt.start(dir);
    }

    @AfterAll
    static void stop() {
        if (istgt != null) {
            istgt.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        library = Libraries.on("", istgt.drive());
    }

    @Override
    public Drive drive() {
        return PutBack.drive(library.drives().getFirst(), istgt);
    }

    @Override
    @AfterEach
    public void close() {
        library.close();
    }
}
