package org.azekura.storagenode.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.DeviceName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node keeps of libraries. Notes can be made anew from the cartridges; packs that wait for tape are nowhere else.
 *
 * @param folder of the node's own files
 */
public record DeviceFiles(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceFiles.class);

    /** What lies on the cartridges of libraries, in a folder of the name of each. */
    public Path notes() {
        return folder.resolve("cartridges");
    }

    /** Blobs that are in the making, and packs that wait for tape, likewise. */
    public Path spool() {
        return folder.resolve("spool");
    }

    /** The device is gone: another of its name has other cartridges. */
    public void forget(DeviceName device) {
        for (Path gone : List.of(notes().resolve(device.value()), spool().resolve(device.value()))) {
            try (Stream<Path> found = Files.isDirectory(gone) ? Files.walk(gone) : Stream.empty()) {
                for (Path file : (Iterable<Path>) found.sorted(Comparator.reverseOrder())::iterator) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                LOG.warn("device {}: {} can't be deleted and is to be deleted by hand: {}", device, gone, e.toString());
            }
        }
    }
}
