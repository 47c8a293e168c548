package org.azekura.server.job.place;

import java.util.List;
import org.azekura.api.PackId;

/**
 * What of some packs lies in the archive of their device.
 *
 * @param of       so many packs
 * @param archived nobody has asked for these
 * @param coming   were asked for, by whomever
 * @param bytes    of what nobody has asked for
 */
public record Cold(int of, List<PackId> archived, List<PackId> coming, long bytes) {

    public boolean isAny() {
        return packs() > 0;
    }

    public int packs() {
        return archived.size() + coming.size();
    }
}
