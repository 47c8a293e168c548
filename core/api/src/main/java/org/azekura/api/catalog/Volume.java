package org.azekura.api.catalog;

import java.time.Instant;
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
 * @param used     bytes of packs on it; of a cartridge that is not written any more, up to its end; of the first of a set that is, with those that wait for tape
 * @param capacity bytes, -1 if it has no bound
 * @param set      the first of the volumes that it belongs with; its own id if it is that one
 * @param number   within its set, from 1; 0: it was labelled for the pool beforehand, and is of no set
 * @param labelled when its label was made; null if nobody knows
 * @param written  when packs last came on it; null if nobody knows
 * @param why      why it is in its state, for people; null if nothing is to be said
 * @param errors   that were not recovered, on whatever drive
 * @param was      the state that it had before it was missing or locked; of an expired one {@code SUSPECT} if it was that; else null, or nobody knows
 */
public record Volume(VolumeId id, PoolName pool, String label, String barcode, State state, String location, long used, long capacity, VolumeId set,
        int number, Instant labelled, Instant written, String why, int errors, State was) {

    /** The first of its set, of which nothing more is known. */
    public Volume(VolumeId id, PoolName pool, String label, String barcode, State state, String location, long used, long capacity) {
        this(id, pool, label, barcode, state, location, used, capacity, id, 1, null, null, null, 0, null);
    }

    /** Whether it is one of those that the pool lies on; not if it was labelled beforehand, has left, or is given away. */
    public boolean isInSet() {
        return number > 0 && state != State.SCRATCH && state != State.EXPIRED;
    }

    /** Whether it stands only for its set, whose first it was: it has left, and its cartridge is another volume's. */
    public boolean isOnlyName() {
        return number == 1 && state == State.EXPIRED && barcode == null;
    }

    /** The same, which was that before. */
    public Volume after(State before) {
        return new Volume(id, pool, label, barcode, state, location, used, capacity, set, number, labelled, written, why, errors, before);
    }

    /** The same without a cartridge. */
    public Volume withoutCartridge() {
        return new Volume(id, pool, label, null, state, "", used, -1, set, number, labelled, written, why, errors, was);
    }

    /** This volume with so many more bytes of packs on it. */
    public Volume grown(long bytes) {
        return filled(used + bytes);
    }

    /** This volume with so many bytes of packs on it. */
    public Volume filled(long bytes) {
        return new Volume(id, pool, label, barcode, state, location, bytes, capacity, set, number, labelled, written, why, errors, was);
    }

    /** The same as one of this pool. */
    public Volume of(PoolName other) {
        return new Volume(id, other, label, barcode, state, location, used, capacity, set, number, labelled, written, why, errors, was);
    }

    /** The same in this state. */
    public Volume in(State other, String reason) {
        State before = other == State.MISSING || other == State.LOCKED ? known() : null;
        return new Volume(id, pool, label, barcode, other, location, used, capacity, set, number, labelled, written, reason, errors, before);
    }

    /** What is known of it wherever it is. That one was suspect is more than that it has expired: who forgets it gives it away. */
    private State known() {
        boolean tells = state == State.MISSING || state == State.LOCKED || state == State.EXPIRED && was == State.SUSPECT;
        return tells ? was : state;
    }

    /** The same at this place, with so much room. */
    public Volume at(String place, long room) {
        return new Volume(id, pool, label, barcode, state, place, used, room, set, number, labelled, written, why, errors, was);
    }

    /** The same as this one of this set. */
    public Volume numbered(VolumeId first, int which) {
        return new Volume(id, pool, label, barcode, state, location, used, capacity, first, which, labelled, written, why, errors, was);
    }

    /** The same, with packs that came on it then. */
    public Volume writtenAt(Instant time) {
        return new Volume(id, pool, label, barcode, state, location, used, capacity, set, number, labelled, time, why, errors, was);
    }

    /** The same with so many errors. */
    public Volume erring(int count) {
        return new Volume(id, pool, label, barcode, state, location, used, capacity, set, number, labelled, written, why, count, was);
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
