package org.azekura.server.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.catalog.CatalogStore;

/** A machine whose time goes by when a test says so. One thread. */
public final class PlayedClock {

    private Instant wall;
    private long nanos;
    private boolean ntp;

    public PlayedClock(Instant begin) {
        wall = begin;
    }

    /** The server's clock at a start on this machine. */
    public ServerClock open(CatalogStore catalog) throws BackupException {
        ServerClock clock = ServerClock.open(catalog, new Machine(() -> wall, () -> nanos, () -> Optional.of(wall).filter(known -> ntp)));
        clock.look();
        return clock;
    }

    /** So much time goes by. */
    public void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    /** Somebody sets the machine's clock ahead, or the machine was off: its other clock has not gone on. */
    public void jump(Duration by) {
        wall = wall.plus(by);
    }

    /** Whether NTP says that the machine's clock is right; heard of at the next start. */
    public void ntp(boolean there) {
        ntp = there;
    }
}
