package org.azekura.driver.simulator;

import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.testkit.device.ChangerContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SimulatedChangerTest implements ChangerContract {

    @TempDir
    Path dir;
    private Simulator library;

    @BeforeEach
    void open() throws Exception {
        library = Libraries.open(dir);
    }

    @Override
    public Changer changer() {
        return library.changer().orElseThrow();
    }

    @Override
    public void unload(int drive) throws BackupException {
        library.drives().get(drive).unload();
    }

    @Override
    @AfterEach
    public void close() {
        library.close();
    }
}
