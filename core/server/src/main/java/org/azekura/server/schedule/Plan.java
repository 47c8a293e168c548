package org.azekura.server.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.Timing;

/**
 * A policy's timing, understood.
 *
 * @param schedule null if it does not run by itself
 */
record Plan(Schedule schedule, Blackouts blackouts, ZoneId zone, boolean leaveOut) {

    private static final List<Duration> BACK = List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(32), Duration.ofDays(366 * 9));

    /**
     * @param server the zone of a timing that names none
     * @throws BackupException {@code schedule.invalid}, {@code blackout.invalid}
     */
    static Plan of(Timing timing, ZoneId server) throws BackupException {
        return new Plan(timing.byHand() ? null : Schedule.parse(timing.schedule()), Blackouts.parse(timing.blackouts()),
                timing.zone().isEmpty() ? server : ZoneId.of(timing.zone()), timing.leaveOut());
    }

    /** When it is due next, whether it may begin then or has to wait. */
    Optional<Instant> next(Instant after) {
        Optional<Instant> due = schedule == null ? Optional.empty() : schedule.next(after, zone);
        while (leaveOut && due.isPresent() && blackouts.hold(due.get(), zone)) {
            due = schedule.next(blackouts.free(due.get(), zone).minusNanos(1), zone);
        }
        return due;
    }

    /** The last time that it was due, behind the one moment and not behind the other; it may have been due for a year. */
    Optional<Instant> last(Instant after, Instant now) {
        for (Duration back : BACK) {
            Instant from = now.minus(back).isAfter(after) ? now.minus(back) : after;
            Instant last = null;
            for (Optional<Instant> due = next(from); due.isPresent() && !due.get().isAfter(now); due = next(due.get())) {
                last = due.get();
            }
            if (last != null || from.equals(after)) {
                return Optional.ofNullable(last);
            }
        }
        return next(after).filter(due -> !due.isAfter(now));
    }

    /** When it begins, so often at most; what waits for the end of a blackout begins once. */
    List<Instant> begins(Instant after, int count) {
        List<Instant> begins = new ArrayList<>();
        Optional<Instant> due = next(after);
        while (due.isPresent() && begins.size() < count) {
            Instant begin = blackouts.free(due.get(), zone);
            begins.add(begin);
            due = next(begin);
        }
        return begins;
    }
}
