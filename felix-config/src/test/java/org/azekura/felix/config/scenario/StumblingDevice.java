package org.azekura.felix.config.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.driver.disk.DiskDevice;

/**
 * A version of the driver {@code disk} that throws what it must not. Beside its folder a file with {@code .once} makes what runs fall for good, one with
 * {@code .always} whatever comes after it, too. It runs in the appliance, in a bundle that a test makes.
 */
public final class StumblingDevice extends BrokenDevice {

    private final Path once;
    private final Path always;
    private volatile boolean fallen;

    public StumblingDevice(DiskDevice.Settings settings) {
        super(settings);
        once = once(Path.of(settings.path()));
        always = always(Path.of(settings.path()));
    }

    static Path once(Path pool) {
        return pool.resolveSibling(pool.getFileName() + ".once");
    }

    static Path always(Path pool) {
        return pool.resolveSibling(pool.getFileName() + ".always");
    }

    @Override
    DiskDevice disk() {
        try {
            fallen |= Files.deleteIfExists(once);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (fallen || Files.exists(always)) {
            throw new IllegalStateException("this driver has stumbled");
        }
        return super.disk();
    }

    @Override
    public void selfTest() {
        disk();
    }
}
