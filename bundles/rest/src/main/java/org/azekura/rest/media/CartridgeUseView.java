package org.azekura.rest.media;

import java.util.List;
import org.azekura.api.catalog.CartridgeLife;
import org.azekura.api.catalog.DriveMount;
import org.azekura.api.server.Libraries;
import org.azekura.rest.call.Json;

/**
 * What drives told of a cartridge.
 *
 * @param life     null if nothing is known
 * @param mounts   the last of them, oldest first
 * @param warnings what is to be looked at
 */
record CartridgeUseView(Life life, List<Mount> mounts, List<String> warnings) {

    static CartridgeUseView of(Libraries.CartridgeUse use) {
        return new CartridgeUseView(use.life() == null ? null : life(use.life()), use.mounts().stream().map(CartridgeUseView::mount).toList(), use.warnings());
    }

    private static Life life(CartridgeLife life) {
        return new Life(life.mounts(), Json.time(life.seen()), known(life.loads()), known(life.written()), known(life.read()), known(life.uncorrected()));
    }

    private static Mount mount(DriveMount mount) {
        return new Mount(mount.drive(), Json.time(mount.loaded()), mount.written(), mount.read(), known(mount.writeCorrected()), known(mount.readCorrected()),
                known(mount.uncorrected()), mount.held());
    }

    private static Long known(long number) {
        return number < 0 ? null : number;
    }

    /**
     * @param mounts      here
     * @param loads       into any drive, as its memory tells; null if it does not, as with the rest
     * @param written     bytes
     * @param read        bytes
     * @param uncorrected errors
     */
    private record Life(int mounts, String seen, Long loads, Long written, Long read, Long uncorrected) {}

    /**
     * @param written        bytes
     * @param read           bytes
     * @param writeCorrected errors; null if the drive does not tell, as with the others
     * @param held           whether it counts when errors are compared
     */
    private record Mount(String drive, String loaded, long written, long read, Long writeCorrected, Long readCorrected, Long uncorrected, boolean held) {}
}
