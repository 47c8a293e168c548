package org.azekura.installer;

import java.time.Duration;

/**
 * How long a change of a driver waits.
 *
 * @param calls that jobs have begun
 * @param start of a new version, and then for its devices to be served and to pass their tests
 * @param stop  of the version before
 */
record Patience(Duration calls, Duration start, Duration stop) {}
