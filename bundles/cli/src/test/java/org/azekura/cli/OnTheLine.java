package org.azekura.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a shell beside an appliance of its own, which answers what it was told to. */
public abstract class OnTheLine {

    @TempDir
    protected Path home;
    protected FakeAppliance appliance;
    protected Shell shell;

    @BeforeEach
    protected void start() throws Exception {
        appliance = new FakeAppliance(home);
        shell = new Shell(home);
    }

    @AfterEach
    protected void stop() {
        appliance.stop();
    }
}
