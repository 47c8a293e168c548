package org.azekura.server.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.azekura.api.catalog.Volume.State;
import org.junit.jupiter.api.Test;

class VolumeChangeTest {

    /** As the class says it: from, then what comes of each event in order, a dash where it is refused. */
    private static final String TABLE = """
            SCRATCH     -    SUSPECT QUARANTINED MISSING SCRATCH    LOCKED -       -       SCRATCH -
            APPENDABLE  FULL SUSPECT QUARANTINED MISSING APPENDABLE LOCKED -       EXPIRED - EXPIRED
            FULL        FULL SUSPECT QUARANTINED MISSING FULL       LOCKED -       EXPIRED - EXPIRED
            SUSPECT     -    SUSPECT QUARANTINED MISSING SUSPECT    LOCKED FULL    EXPIRED - EXPIRED
            QUARANTINED -    -       QUARANTINED MISSING -          LOCKED SUSPECT -       - EXPIRED
            EXPIRED     -    SUSPECT QUARANTINED MISSING EXPIRED    LOCKED -       EXPIRED SCRATCH EXPIRED
            LOCKED      -    LOCKED  QUARANTINED LOCKED  LOCKED     LOCKED FULL    -       - -
            MISSING     -    SUSPECT QUARANTINED MISSING -          LOCKED -       EXPIRED - EXPIRED
            CLEANING    -    -       -           -       -          -      -       -       - -
            """;

    @Test
    void everyPairIsAsTheTableSays() {
        Map<State, List<String>> rows = new EnumMap<>(State.class);
        for (String line : TABLE.lines().toList()) {
            List<String> words = List.of(line.trim().split(" +"));
            rows.put(State.valueOf(words.getFirst()), words.subList(1, words.size()));
        }
        assertEquals(State.values().length, rows.size());
        for (State state : State.values()) {
            List<String> found = new ArrayList<>();
            for (VolumeEvent event : VolumeEvent.values()) {
                found.add(VolumeChange.of(state, event).map(State::name).orElse("-"));
            }
            assertEquals(rows.get(state), found, state.name());
        }
    }

    @Test
    void whatMayNotBeWrittenBecomesWritableByNoEventButComingBack() {
        for (State state : State.values()) {
            for (VolumeEvent event : VolumeEvent.values()) {
                Optional<State> next = VolumeChange.of(state, event);
                if (!VolumeChange.isWritable(state) && next.isPresent()) {
                    assertTrue(!VolumeChange.isWritable(next.get()), state + " " + event);
                }
            }
        }
        assertEquals(State.APPENDABLE, VolumeChange.returned(State.APPENDABLE, false));
        assertEquals(State.FULL, VolumeChange.returned(null, false));
        assertEquals(State.SUSPECT, VolumeChange.returned(State.SUSPECT, true));
    }

    @Test
    void noWayLeadsToScratchButByExpired() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int walk = 0; walk < 2_000; walk++) {
            State state = State.APPENDABLE;
            State before = state;
            for (int step = 0; step < 100; step++) {
                VolumeEvent event = VolumeEvent.values()[random.nextInt(VolumeEvent.values().length)];
                State next = VolumeChange.of(state, event).orElse(state);
                if (next == State.SCRATCH && state != State.SCRATCH) {
                    assertEquals(State.EXPIRED, state, "seed " + seed + ", before that " + before);
                }
                before = state;
                state = next;
            }
        }
    }
}
