package org.azekura.cli.job;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long a command stays with a job that is parked, as it is given. */
public final class ParkWait {

    @Option(names = "--park-wait", paramLabel = "SECONDS", defaultValue = "60", description = "How long to wait for a parked job (default: ${DEFAULT-VALUE}).")
    private long seconds;

    public Duration time() {
        return Duration.ofSeconds(seconds);
    }
}
