package org.azekura.cli.command;

import java.time.Duration;

/**
 * How long a command that follows a job waits for an appliance that says nothing.
 *
 * @param away  how long the appliance may be away; one that restarts is back by then, and the job goes on
 * @param quiet after so long without an event the job itself is asked for: an end that was not heard of must not be waited for
 */
public record Patience(Duration away, Duration quiet) {

    public static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(5));
}
