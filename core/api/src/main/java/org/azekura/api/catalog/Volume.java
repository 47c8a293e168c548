package org.azekura.api.catalog;

import java.util.Locale;
import org.azekura.api.PoolName;
import org.azekura.api.VolumeId;

/**
 * One labelled piece of media.
 *
 * @param label    the name written on it
 * @param barcode  what is glued to it, null if nothing is
 * @param location where it is, for people: a folder, a slot
 * @param used     bytes of packs on it
 * @param capacity bytes, -1 if it has no bound
 */
public record Volume(VolumeId id, PoolName pool, String label, String barcode, State state, String location, long used, long capacity) {

    /** This volume with so many more bytes of packs on it. */
    public Volume grown(long bytes) {
        return new Volume(id, pool, label, barcode, state, location, used + bytes, capacity);
    }

    /** What may be done with a volume. */
    public enum State {
        /** Takes more packs. */
        APPENDABLE,
        /** Takes no more. */
        FULL,
        /** Its label cannot be read or is not what the catalog knows; never written. */
        QUARANTINED,
        /** Not there. */
        MISSING;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
