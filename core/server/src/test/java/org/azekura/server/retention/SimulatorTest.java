package org.azekura.server.retention;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.azekura.api.Keep;
import org.azekura.api.server.Retention.Life;
import org.azekura.api.server.Retention.Spell;
import org.azekura.api.server.Retention.Trial;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    private static Instant day(int day) {
        return Instant.parse("2026-01-01T12:00:00Z").plus(Duration.ofDays(day));
    }

    @Test
    void tellsWhenEachWasThereAndByWhichRules() throws Exception {
        List<Life> lives = Simulator.lives(new Trial(List.of(day(2), day(0), day(1), day(9)), Keep.parse("last=1,daily=2"), UTC, day(5)));
        assertEquals(List.of(
                new Life(day(0), day(2), List.of(new Spell("last", day(0), day(1)), new Spell("daily", day(0), day(2)))),
                new Life(day(1), null, List.of(new Spell("last", day(1), day(2)), new Spell("daily", day(1), day(5)))),
                new Life(day(2), null, List.of(new Spell("last", day(2), day(5)), new Spell("daily", day(2), day(5))))), lives);
    }

    @Test
    void letsWhatIsKeptForATimeGoWhenItIsOldEnough() throws Exception {
        List<Life> lives = Simulator.lives(new Trial(List.of(day(0), day(1)), Keep.parse("within=3d"), UTC, day(60)));
        assertEquals(List.of(new Life(day(0), day(3), List.of(new Spell("within", day(0), day(3)))),
                new Life(day(1), null, List.of(new Spell("within", day(1), day(4)), new Spell("newest", day(4), day(60))))), lives, "the newest stays");
    }

    @Test
    void triesTenYearsInNoTime() throws Exception {
        List<Instant> nights = IntStream.range(0, 3653).mapToObj(SimulatorTest::day).toList();
        List<Life> lives = Simulator.lives(new Trial(nights, Keep.parse("daily=7,weekly=4,monthly=12,yearly=10"), UTC, day(3653)));
        assertEquals(3653, lives.size());
        assertTrue(lives.stream().filter(life -> life.expired() == null).count() < 33);
    }

    @Test
    void refusesWhatWouldTakeTooLong() {
        List<Instant> many = Stream.iterate(day(0), at -> at.plusSeconds(600)).limit(10_000).toList();
        assertRefused("simulation.large", () -> Simulator.lives(new Trial(many, Keep.parse("last=9000"), UTC, day(900)), 100_000));
        assertRefused("simulation.large", () -> Simulator.lives(new Trial(Stream.concat(many.stream(), Stream.of(day(0))).toList(), Keep.ALL, UTC, day(900))));
        assertRefused("simulation.invalid", () -> Simulator.lives(new Trial(List.of(Instant.EPOCH), Keep.ALL, UTC, Instant.parse("2100-01-01T00:00:00Z"))));
    }
}
