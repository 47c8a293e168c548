package org.azekura.server.firmware;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where an image keeps what this room needs.
 *
 * @param slot    made by the first stage: {@code SLOT=A}
 * @param release what runs: {@code IMAGE_VERSION=1.2.3}
 * @param updater settings of RAUC
 * @param check   program that refuses a version, its argument, that is older than what runs; RAUC calls it as well
 * @param door    socket of what only the system may do
 * @param folder  for the update; emptied at a start
 * @param bus     how RAUC's service is found, as its environment; nothing: on the system's bus
 */
record Places(Path slot, Path release, Path updater, Path check, Path door, Path folder, Map<String, String> bus) {

    Places {
        bus = Map.copyOf(bus);
    }

    /**
     * @param root of the machine: "/"
     * @param home of the appliance
     */
    static Places of(Path root, Path home, Map<String, String> bus) {
        return new Places(root.resolve("run/azekura/slot"), root.resolve("usr/lib/os-release"), root.resolve("etc/rauc/system.conf"),
                root.resolve("usr/lib/azekura/update-check"), root.resolve("run/azekura/system.sock"), home.resolve("firmware"), bus);
    }
}
