package org.azekura.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/**
 * A file is only taken as unchanged if it was changed long enough before it was saved, by the file system's own clock; all tools have
 * such a rule. Nothing but time makes it old: what is made here is younger than that, so it has to be waited for.
 */
public final class Aging {

    private static final Duration AGE = Duration.ofSeconds(3);
    private static final String CLOCK = ".clock";

    private Aging() {}

    /** Returns when all that was changed before in this file system is old enough. */
    public static void await(Path tree) throws IOException {
        Path clock = tree.resolveSibling(tree.getFileName() + CLOCK);
        Files.write(clock, new byte[1]);
        Instant end = ((FileTime) Files.getAttribute(clock, "unix:ctime")).toInstant().plus(AGE);
        Files.delete(clock);
        for (Duration left = Duration.between(Instant.now(), end); left.isPositive(); left = Duration.between(Instant.now(), end)) {
            LockSupport.parkNanos(left.toNanos());
        }
    }
}
