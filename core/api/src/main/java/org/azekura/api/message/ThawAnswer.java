package org.azekura.api.message;

import java.util.List;
import org.azekura.api.PackId;

/** What a storage node answers about the archive of a device. */
public sealed interface ThawAnswer extends Answer {

    /**
     * All others can be read, or are not there.
     *
     * @param archived to be asked for
     * @param coming   were asked for, by whomever
     */
    record Found(List<PackId> archived, List<PackId> coming) implements ThawAnswer {}
}
