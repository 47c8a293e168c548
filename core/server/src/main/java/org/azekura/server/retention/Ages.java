package org.azekura.server.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.azekura.server.clock.ServerClock;
import org.azekura.server.media.LeftVolumes.Keeping;

/**
 * What retention asks of the server's clock.
 *
 * @param now       stamps
 * @param corrected when something was received that was stamped so
 * @param keeping   whether time has surely passed
 * @param unproven  by so much the time was moved forward on nobody's word but an administrator's; nothing that is locked becomes free by it
 */
public record Ages(Supplier<Instant> now, UnaryOperator<Instant> corrected, Keeping keeping, Supplier<Duration> unproven) {

    public static Ages of(ServerClock clock) {
        return new Ages(() -> clock.instant(), stamp -> clock.corrected(stamp), (since, time) -> clock.hasPassed(since, time), () -> clock.unproven());
    }
}
