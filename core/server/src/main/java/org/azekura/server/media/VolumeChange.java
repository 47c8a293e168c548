package org.azekura.server.media;

import static org.azekura.api.catalog.Volume.State.APPENDABLE;
import static org.azekura.api.catalog.Volume.State.EXPIRED;
import static org.azekura.api.catalog.Volume.State.FULL;
import static org.azekura.api.catalog.Volume.State.LOCKED;
import static org.azekura.api.catalog.Volume.State.MISSING;
import static org.azekura.api.catalog.Volume.State.QUARANTINED;
import static org.azekura.api.catalog.Volume.State.SCRATCH;
import static org.azekura.api.catalog.Volume.State.SUSPECT;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.catalog.Volume;
import org.azekura.api.catalog.Volume.State;

/**
 * What becomes of a volume. What is not in the table is refused: a volume never goes back from a state in which it may not be written to one in which
 * it may without somebody having looked at it, and none becomes scratch but by way of expired.
 *
 * <pre>
 * from          filled accused  disowned    lost    proven     locked unlocked   emptied released forgotten
 * SCRATCH       -      SUSPECT  QUARANTINED MISSING SCRATCH    LOCKED -          -       SCRATCH  -
 * APPENDABLE    FULL   SUSPECT  QUARANTINED MISSING APPENDABLE LOCKED -          EXPIRED -        EXPIRED
 * FULL          FULL   SUSPECT  QUARANTINED MISSING FULL       LOCKED -          EXPIRED -        EXPIRED
 * SUSPECT       -      SUSPECT  QUARANTINED MISSING SUSPECT    LOCKED FULL       EXPIRED -        EXPIRED
 * QUARANTINED   -      -        QUARANTINED MISSING -          LOCKED SUSPECT    -       -        EXPIRED
 * EXPIRED       -      SUSPECT  QUARANTINED MISSING EXPIRED    LOCKED -          EXPIRED SCRATCH  EXPIRED
 * LOCKED        -      LOCKED   QUARANTINED LOCKED  LOCKED     LOCKED FULL       -       -        -
 * MISSING       -      SUSPECT  QUARANTINED MISSING (as known) LOCKED -          EXPIRED -        EXPIRED
 * CLEANING      -      -        -           -       -          -      -          -       -        -
 * </pre>
 *
 * <p>A missing volume that is proven is what it was before it was lost: {@link #returned}.
 */
final class VolumeChange {

    private static final Map<State, Map<VolumeEvent, State>> TABLE = new EnumMap<>(State.class);

    static {
        for (State state : State.values()) {
            TABLE.put(state, new EnumMap<>(VolumeEvent.class));
        }
        all(VolumeEvent.FILLED, FULL, EnumSet.of(APPENDABLE, FULL));
        all(VolumeEvent.ACCUSED, SUSPECT, EnumSet.of(SCRATCH, APPENDABLE, FULL, SUSPECT, EXPIRED, MISSING));
        stays(VolumeEvent.ACCUSED, LOCKED);
        all(VolumeEvent.DISOWNED, QUARANTINED, EnumSet.of(SCRATCH, APPENDABLE, FULL, SUSPECT, QUARANTINED, EXPIRED, LOCKED, MISSING));
        all(VolumeEvent.LOST, MISSING, EnumSet.of(SCRATCH, APPENDABLE, FULL, SUSPECT, QUARANTINED, EXPIRED, MISSING));
        stays(VolumeEvent.LOST, LOCKED);
        for (State state : EnumSet.of(SCRATCH, APPENDABLE, FULL, SUSPECT, EXPIRED, LOCKED)) {
            stays(VolumeEvent.PROVEN, state);
        }
        all(VolumeEvent.LOCKED, LOCKED, EnumSet.complementOf(EnumSet.of(State.CLEANING)));
        all(VolumeEvent.UNLOCKED, FULL, EnumSet.of(LOCKED, SUSPECT));
        all(VolumeEvent.UNLOCKED, SUSPECT, EnumSet.of(QUARANTINED));
        all(VolumeEvent.EMPTIED, EXPIRED, EnumSet.of(APPENDABLE, FULL, SUSPECT, EXPIRED, MISSING));
        all(VolumeEvent.FORGOTTEN, EXPIRED, EnumSet.of(APPENDABLE, FULL, SUSPECT, QUARANTINED, EXPIRED, MISSING));
        all(VolumeEvent.RELEASED, SCRATCH, EnumSet.of(EXPIRED, SCRATCH));
    }

    private VolumeChange() {}

    private static void all(VolumeEvent event, State to, Set<State> from) {
        from.forEach(state -> TABLE.get(state).put(event, to));
    }

    private static void stays(VolumeEvent event, State state) {
        TABLE.get(state).put(event, state);
    }

    /** The state that it is in then; empty if that can't happen to a volume in this state. */
    static Optional<State> of(State state, VolumeEvent event) {
        return Optional.ofNullable(TABLE.get(state).get(event));
    }

    /**
     * The state of a missing volume that is there again.
     *
     * @param before  the state in which it was lost; null if nobody knows
     * @param room    whether it is known to take more
     */
    static State returned(State before, boolean room) {
        if (before == null || before == MISSING) {
            return room ? APPENDABLE : FULL;
        }
        return before;
    }

    /** Whether packs may be written on a volume in this state. */
    static boolean isWritable(State state) {
        return state == APPENDABLE;
    }

    /** Whether packs may be written on it once its cartridge is there. */
    static boolean isWritableWhenThere(Volume volume) {
        return isWritable(volume.state() == MISSING ? returned(volume.was(), false) : volume.state());
    }

    /** Whether a volume in this state may get another label. */
    static boolean isGivenUp(State state) {
        return state == SCRATCH;
    }
}
