package org.azekura.driver.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.azekura.api.device.BlobStore;

/** The real disk, for tests of a whole appliance. */
public final class DiskDoor {

    private DiskDoor() {}

    public static BlobStore open(Path folder) throws IOException {
        return new DiskStore(Files.createDirectories(folder));
    }
}
