package org.azekura.driver.tape;

import java.nio.file.Path;
import org.azekura.api.BackupException;
import org.azekura.api.device.Changer;
import org.azekura.testkit.device.ChangerContract;
import org.azekura.testkit.tape.Vtl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A robot that never says what can be got at, tells more than it was asked, and has no EXCHANGE (tgtd). */
class VtlChangerTest implements ChangerContract {

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
