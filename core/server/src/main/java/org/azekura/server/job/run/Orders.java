package org.azekura.server.job.run;

import java.time.Duration;

/** How long the server waits for answers to its orders. */
public final class Orders {

    /** To begin something, or to look something up. */
    public static final Duration PROMPT = Duration.ofSeconds(60);
    /** To load and check a volume. */
    public static final Duration PREPARE = Duration.ofMinutes(10);
    /** To read a batch of packs. */
    public static final Duration READ = Duration.ofMinutes(30);
    /** A client that says nothing for so long is given up. */
    public static final Duration SILENCE = Duration.ofMinutes(15);

    private Orders() {}
}
