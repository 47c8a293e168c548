package org.azekura.transport.tls;

import java.nio.file.Path;
import java.time.Duration;

/** Transports of a test, with times that fit one. */
final class Hosts {

    static final Duration PING = Duration.ofMillis(250);
    static final Duration SILENCE = Duration.ofSeconds(2);
    static final Duration GRACE = Duration.ofSeconds(20);
    static final Duration GREETING = Duration.ofSeconds(5);
    static final long MEMORY = 32 << 20;

    private Hosts() {}

    static Settings settings() {
        return new Settings("127.0.0.1", 0, PING, SILENCE, GRACE, GREETING, 32, MEMORY);
    }

    static TlsTransport of(Path home) {
        return new TlsTransport(home, settings(), new Refusals());
    }
}
