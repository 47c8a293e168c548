package org.azekura.server.clock;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.Test;

/**
 * Years of an appliance whose clock is set at random, that is stopped, killed, asleep, kept by NTP or not, and hears of hosts of which one lies. Whatever
 * happens nothing expires early, and in the end everything does.
 */
class SimulatedYearsTest {

    private static final int LIVES = Seeds.slow() ? 5_000 : 100;
    private static final int STEPS = 400;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration TOLERATED = Witnesses.AGREE.minusSeconds(1);

    @Test
    void nothingExpiresEarlyAndTheRetentionTimeNeverGoesBack() {
        long seed = Seeds.start();
        System.out.println("seed " + seed);
        Random seeds = Seeds.random(seed);
        for (int i = 0; i < LIVES; i++) {
            Life life = new Life(seeds.nextLong());
            for (int step = 0; step < STEPS; step++) {
                life.step();
                life.check();
            }
            life.endsWell();
        }
    }

    /** @param received in truth */
    private record Item(Instant received, Instant stamp, Duration keep) {}

    private static final class Life {

        private final Random random;
        private final String name;
        private final List<Item> items = new ArrayList<>();
        private Instant truth = Instant.parse("2026-01-01T00:00:00Z");
        /** What the machine's clock is wrong by. */
        private Duration wrong;
        private boolean ntp;
        /** Null while the server is away. */
        private Retention running;
        private String saved;
        private Instant highest = Instant.MIN;
        private Witnesses witnesses = new Witnesses();

        Life(long seed) {
            random = new Random(seed);
            name = "life " + seed;
            setClock();
            for (int i = 0; i < 3; i++) {
                Instant received = truth.minus(upTo(YEAR));
                items.add(new Item(received, received, upTo(YEAR.multipliedBy(2))));
            }
            running = Retention.first(machine());
            save();
        }

        private Duration upTo(Duration most) {
            return Duration.ofSeconds((long) (random.nextDouble() * random.nextDouble() * most.toSeconds()));
        }

        private Duration about(Duration most) {
            return random.nextBoolean() ? upTo(most) : upTo(most).negated();
        }

        private Instant machine() {
            return truth.plus(wrong);
        }

        private void setClock() {
            ntp = random.nextInt(3) == 0;
            wrong = switch (random.nextInt(6)) {
                case 0 -> YEAR;
                case 1 -> YEAR.negated();
                case 2 -> about(YEAR.multipliedBy(20));
                case 3 -> about(Duration.ofMinutes(20));
                default -> about(TOLERATED);
            };
            if (ntp) {
                wrong = about(Duration.ofSeconds(1));
            }
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0 -> setClock();
                case 1, 2 -> stopOrStart();
                case 3 -> truth = truth.plus(running == null || random.nextInt(4) == 0 ? upTo(Duration.ofDays(60)) : Duration.ZERO);
                case 4 -> confirm();
                case 5, 6 -> receive();
                default -> pass();
            }
        }

        private void pass() {
            Duration all = random.nextBoolean() ? upTo(Duration.ofDays(60)) : upTo(Duration.ofHours(2));
            Duration unsaved = upTo(Duration.ofMinutes(1));
            truth = truth.plus(all);
            if (running != null) {
                running = running.on(new Event.Passed(all));
                save();
                running = running.on(new Event.Passed(unsaved));
            }
            truth = truth.plus(unsaved);
        }

        private void stopOrStart() {
            if (running == null) {
                running = new Retention(Memory.parse(saved), new Ground.New()).on(new Event.Started(machine(), false));
                witnesses = new Witnesses();
                return;
            }
            if (random.nextBoolean()) {
                save();
            }
            running = null;
            highest = Memory.parse(saved).reading();
        }

        private void confirm() {
            if (running == null) {
                return;
            }
            witnesses.kernel(ntp ? Optional.of(machine()) : Optional.empty(), 0);
            witnesses.told("liar", "liar", "1", random.nextBoolean() ? machine().plus(about(TOLERATED)) : truth.plus(about(YEAR)), 0);
            for (int i = random.nextInt(3); i > 0; i--) {
                witnesses.told("h" + i, "h" + i, "a" + i, truth.plus(about(TOLERATED)), 0);
            }
            boolean admin = random.nextInt(4) == 0 && running.asks() && wrong.abs().compareTo(TOLERATED) <= 0;
            Optional<Event.Confirmed> said = admin ? Optional.of(new Event.Confirmed(machine(), List.of(Confirmation.ADMIN)))
                    : witnesses.confirmation(machine(), 0);
            said.ifPresent(event -> running = running.on(event));
            // words are of this moment only
            witnesses = new Witnesses();
            if (random.nextBoolean()) {
                save();
            }
        }

        private void receive() {
            if (running != null) {
                // nothing takes no time at all, unless the clock stands still
                running = running.on(new Event.Passed(Duration.ofNanos(1)));
                items.add(new Item(truth, running.now(), upTo(YEAR.multipliedBy(2))));
                save();
            }
        }

        private void save() {
            saved = running.memory().toString();
        }

        void check() {
            if (running == null) {
                return;
            }
            assertFalse(running.now().isBefore(highest), () -> name + ": the retention time went back from " + highest + " to " + running.now());
            highest = running.now();
            for (Item item : items) {
                if (running.hasPassed(item.stamp, item.keep)) {
                    assertFalse(truth.isBefore(item.received.plus(item.keep)), () -> name + ": " + item + " expired at " + truth + " by " + running);
                }
            }
            items.removeIf(item -> running.hasPassed(item.stamp, item.keep) && random.nextInt(4) == 0);
        }

        /** With a clock that is right nothing is kept for ever. */
        void endsWell() {
            if (running == null) {
                stopOrStart();
            }
            running = running.on(new Event.Confirmed(truth, List.of(Witnesses.NTP)));
            running = running.on(new Event.Passed(YEAR.multipliedBy(30)));
            for (Item item : items) {
                assertTrue(running.hasPassed(item.stamp, item.keep), () -> name + ": " + item + " is kept for ever by " + running);
            }
        }
    }
}
