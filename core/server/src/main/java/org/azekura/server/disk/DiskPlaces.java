package org.azekura.server.disk;

import java.nio.file.Path;

/**
 * Where an image keeps what this room needs.
 *
 * @param slot   there if this machine runs from an image; written when it starts
 * @param door   socket of what only the system may do
 * @param health what disks have said of theirs, written every half hour
 * @param sets   how the disk sets are, written each minute
 */
record DiskPlaces(Path slot, Path door, Path health, Path sets) {

    /** @param root of the machine: "/" */
    static DiskPlaces of(Path root) {
        return new DiskPlaces(root.resolve("run/azekura/slot"), root.resolve("run/azekura/system.sock"), root.resolve("run/azekura/health/disks"), root.resolve("run/azekura-disks/sets"));
    }
}
