package org.azekura.api.catalog;

import java.util.Locale;
import java.util.Optional;
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
        /** Nothing on it is needed any more: a pool may have it labelled anew. */
        SCRATCH,
        /** Takes more packs. */
        APPENDABLE,
        /** Takes no more. */
        FULL,
        /** It, or the drives it was in, had errors: read, but never written; what is on it is to be copied away. */
        SUSPECT,
        /** Its label cannot be read or is not what the catalog knows; never written. */
        QUARANTINED,
        /** What was on it is needed no more; an operator may still look at it before it becomes scratch. */
        EXPIRED,
        /** Somebody has it left as it is, until he says else: read, but never written nor labelled anew. */
        LOCKED,
        /** Not there. */
        MISSING,
        /** It cleans drives; nothing is ever written on it. */
        CLEANING;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** By its word. */
        public static Optional<State> of(String word) {
            for (State state : values()) {
                if (state.word().equals(word)) {
                    return Optional.of(state);
                }
            }
            return Optional.empty();
        }
    }
}
