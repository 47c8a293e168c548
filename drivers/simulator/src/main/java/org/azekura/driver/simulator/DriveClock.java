package org.azekura.driver.simulator;

import java.time.Duration;
import org.azekura.api.BackupException;

/**
 * The time of a drive, which is not the machine's. A call that takes long moves it on, and really waits for a part of that only where the settings want
 * it; between calls it stands, or goes on with the machine's by the same measure. It also knows how full the buffer is, which empties while the tape
 * runs: a tape that has nothing more to write stops, and to start again costs {@link #START_s}. One thread at a time.
 */
final class DriveClock {

    /** A tape that stopped has to be wound back before it can write on. */
    static final double START_s = 2;
    /** So much of the buffer is filled before the tape starts. */
    private static final double START_LEVEL = 0.75;
    private static final double NANOS = 1e9;

    private final Doors doors;
    private final double scale;
    private final double bytesPerNano;
    private final long buffer;
    private long now;
    private long realAtReturn = System.nanoTime();
    private double level;
    /** When what is in the buffer began to flow, or will; negative while the tape stands. */
    private long flowsSince = -1;
    private boolean reading;
    private int stops;

    DriveClock(Doors doors, Setup setup) {
        this.doors = doors;
        this.scale = setup.timeScale();
        this.bytesPerNano = setup.speed() / NANOS;
        this.buffer = setup.buffer();
    }

    Duration elapsed() {
        return Duration.ofNanos(now);
    }

    /** How often the tape stopped while it wrote. */
    int stops() {
        return stops;
    }

    /** Time in which nobody asked the drive for anything. */
    void idle(Duration time) {
        advance(time.toNanos());
    }

    /** A call begins. */
    void begin() {
        if (scale > 0) {
            advance((long) ((System.nanoTime() - realAtReturn) / scale));
        }
    }

    /** A call ends. */
    void end() {
        realAtReturn = System.nanoTime();
    }

    /** Something takes so long. */
    void pass(double seconds) throws BackupException {
        spend((long) (seconds * NANOS));
    }

    private void spend(long nanos) throws BackupException {
        if (scale > 0 && nanos > 0) {
            doors.await((long) (nanos * scale));
        }
        advance(nanos);
    }

    private void advance(long nanos) {
        now += nanos;
        if (flowsSince < 0 || now <= flowsSince) {
            return;
        }
        level -= (now - flowsSince) * bytesPerNano;
        flowsSince = now;
        if (level < 0) {
            stop();
        }
    }

    private void stop() {
        level = 0;
        flowsSince = -1;
        stops++;
    }

    private void start() {
        if (flowsSince < 0) {
            flowsSince = now + (long) (START_s * NANOS);
        }
    }

    /** So many bytes come into the buffer; waits until there is room. */
    void write(long bytes) throws BackupException {
        reading = false;
        if (level + bytes > buffer) {
            start();
            spend(Math.max(0, flowsSince - now) + (long) Math.ceil(Math.max(0, level + bytes - buffer) / bytesPerNano));
        }
        level += bytes;
        if (level >= START_LEVEL * buffer) {
            start();
        }
    }

    /** How much is in the buffer. */
    long level() {
        return (long) Math.ceil(level);
    }

    /** Waits until the buffer is empty; the tape stands then. */
    void flush() throws BackupException {
        if (level > 0) {
            start();
            spend(Math.max(0, flowsSince - now) + (long) Math.ceil(level / bytesPerNano));
        }
        if (flowsSince >= 0) {
            stop();
        }
    }

    /** The buffer is lost. */
    void drop() {
        level = 0;
        flowsSince = -1;
        reading = false;
    }

    void read(long bytes) throws BackupException {
        pass((reading ? 0 : START_s) + bytes / bytesPerNano / NANOS);
        reading = true;
    }

    /** The tape goes elsewhere. */
    void wind(double seconds) throws BackupException {
        reading = false;
        pass(seconds);
    }
}
