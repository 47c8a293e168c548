package org.azekura.driver.simulator;

import java.nio.file.Path;
import org.azekura.api.device.Drive;
import org.azekura.testkit.device.FullTapeContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FullTapeTest implements FullTapeContract {

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

    @AfterEach
    void close() {
        library.close();
    }
}
