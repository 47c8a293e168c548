package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * The retention time as a value, and how it goes on: a pure function of what was and what happens. The package's documentation says why nothing
 * expires early by it.
 */
record Retention(Memory memory, Ground ground) {

    /** Who was away for no longer than that is not asked about it. */
    static final Duration BRIEF = Duration.ofMinutes(15);
    /** More than those who confirm can be wrong by, one too early and the next too late: so much longer everything is kept. */
    static final Duration DOUBT = Witnesses.AGREE.multipliedBy(6);

    /** @param machine what the machine's clock says */
    static Retention first(Instant machine) {
        return new Retention(Memory.first(machine), new Ground.New());
    }

    Retention on(Event event) {
        return switch (event) {
            case Event.Started(var machine, var blank) -> blank ? first(machine) : new Retention(memory.started(), start(machine));
            case Event.Passed(var time) -> new Retention(memory.passed(time), ground);
            case Event.Confirmed said -> confirmed(said);
        };
    }

    private Ground start(Instant machine) {
        boolean brief = Duration.between(memory.reading(), machine).abs().compareTo(BRIEF) <= 0;
        return !brief ? new Ground.Frozen() : memory.confirmed() ? new Ground.Continued() : new Ground.New();
    }

    /** Once in a run it says for how long the server was away. From then on it can only agree: time goes on by the monotonic clock. */
    private Retention confirmed(Event.Confirmed said) {
        return switch (ground) {
            case Ground.Confirmed known -> Duration.between(memory.reading(), said.time()).compareTo(Memory.NEAR) > 0 ? this
                    : new Retention(memory.confirmed(said.time()), known);
            case Ground.New unknown -> settled(said);
            case Ground.Continued unknown -> settled(said);
            case Ground.Frozen unknown -> settled(said);
        };
    }

    private Retention settled(Event.Confirmed said) {
        return new Retention(memory.confirmed(said.time()), new Ground.Confirmed(said.by()));
    }

    Instant now() {
        return memory.reading();
    }

    /** Less what it is ahead because it never goes back. */
    Instant known() {
        return now().minus(memory.ahead());
    }

    /** The time as far as it can be known. */
    Instant likely(Instant machine) {
        return switch (ground) {
            case Ground.Confirmed sure -> known();
            case Ground.Continued sure -> known();
            case Ground.New unknown -> machine;
            case Ground.Frozen unknown -> machine;
        };
    }

    /** Whether an administrator may say that the machine's clock is right: only where nobody else can know. */
    boolean asks() {
        return switch (ground) {
            case Ground.Frozen unknown -> true;
            case Ground.New unknown -> true;
            case Ground.Continued known -> false;
            case Ground.Confirmed known -> false;
        };
    }

    /** Whether what has this stamp has surely been kept for so long. */
    boolean hasPassed(Instant since, Duration keep) {
        boolean foreign = since.isBefore(memory.origin());
        if (ground instanceof Ground.Frozen || foreign && !memory.confirmed()) {
            return false;
        }
        Instant now = foreign ? known() : now();
        return Duration.between(memory.corrected(since), now).minus(DOUBT).compareTo(keep) >= 0;
    }
}
