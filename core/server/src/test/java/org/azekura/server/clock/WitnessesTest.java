package org.azekura.server.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WitnessesTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private final Witnesses witnesses = new Witnesses();

    private List<String> by(Instant machine, long nanos) {
        return witnesses.confirmation(machine, nanos).map(Event.Confirmed::by).orElse(List.of());
    }

    @Test
    void oneHostIsNotEnoughAndTwoAre() {
        witnesses.told("h1", "client/a", "10.0.0.1", NOON, 0);
        assertEquals(List.of(), by(NOON, 0));
        witnesses.told("h2", "node/b", "10.0.0.2", NOON.minusSeconds(60), 0);
        assertEquals(Optional.of(new Event.Confirmed(NOON.minusSeconds(60), List.of("client/a", "node/b"))), witnesses.confirmation(NOON, 0));
        assertEquals(NOON.plusSeconds(3540), witnesses.confirmation(NOON.plusSeconds(3600), HOUR).orElseThrow().time(), "their words are counted on");
    }

    @Test
    void aHostCountsOnceWhateverItsRolesAndAnAddressOnceWhateverItsNames() {
        witnesses.told("h1", "client/a", "10.0.0.1", NOON, 0);
        witnesses.told("h1", "node/a", "10.0.0.9", NOON, 0);
        assertEquals(List.of(), by(NOON, 0));
        witnesses.told("h2", "client/b", "10.0.0.9", NOON, 0);
        assertEquals(List.of(), by(NOON, 0));
        witnesses.told("h3", "client/c", "10.0.0.3", NOON, 0);
        assertEquals(List.of("client/b", "client/c"), by(NOON, 0));
    }

    @Test
    void whoSaysSomethingElseDoesNotConfirm() {
        witnesses.told("h1", "client/a", "10.0.0.1", NOON, 0);
        witnesses.told("h2", "client/b", "10.0.0.2", NOON.plusSeconds(301), 0);
        assertEquals(List.of(), by(NOON, 0));
        assertEquals(List.of("client/a", "client/b"), by(NOON.plusSeconds(1), 0));
        assertEquals(List.of(), by(NOON.plus(Duration.ofDays(365)), 0));
    }

    @Test
    void wordsGetOld() {
        witnesses.told("h1", "client/a", "10.0.0.1", NOON, 0);
        witnesses.told("h2", "client/b", "10.0.0.2", NOON.plusSeconds(7200), 2 * HOUR);
        assertEquals(2, by(NOON.plusSeconds(7200), 2 * HOUR).size());
        assertEquals(List.of(), by(NOON.plusSeconds(7201), 2 * HOUR + 1_000_000_000));
    }

    @Test
    void whatTheKernelHasByNtpConfirmsAloneUnlessTheProcessIsToldAnotherTime() {
        witnesses.kernel(Optional.of(NOON), 0);
        assertEquals(List.of("ntp"), by(NOON.plusSeconds(1), 0));
        assertEquals(List.of(), by(NOON.plus(Duration.ofDays(365)), 0));
        witnesses.kernel(Optional.empty(), 0);
        assertEquals(List.of(), by(NOON, 0));
    }

    @Test
    void whoKnowsThatItIsEarlierIsHeard() {
        Instant nextYear = NOON.plus(Duration.ofDays(365));
        assertTrue(witnesses.against(nextYear, NOON, 0).isEmpty());
        witnesses.told("h1", "client/a", "10.0.0.1", NOON.minus(Duration.ofDays(9000)), 0);
        assertTrue(witnesses.against(nextYear, NOON, 0).isEmpty(), "a clock that is behind what has passed for sure knows nothing");
        witnesses.told("h1", "client/a", "10.0.0.1", NOON.plusSeconds(5), 0);
        assertEquals(Optional.of("client/a says " + NOON.plusSeconds(5)), witnesses.against(nextYear, NOON, 0));
        assertTrue(witnesses.against(NOON.plusSeconds(6), NOON, 0).isEmpty());
    }
}
