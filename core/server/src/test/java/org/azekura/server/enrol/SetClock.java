package org.azekura.server.enrol;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test sets. Begins with the real time: certificates are checked by Java, too. */
final class SetClock implements InstantSource {

    private volatile Instant now = Instant.now();

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
