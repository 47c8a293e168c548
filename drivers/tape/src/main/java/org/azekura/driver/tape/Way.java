package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Outcome;
import org.azekura.driver.tape.scsi.ScsiPath;
import org.azekura.driver.tape.scsi.ScsiTransport;

/** The way to a device: opened when it is used, and anew after it broke, by the next call. One thread at a time, but for {@link #close}. */
final class Way {

    private static final Duration FAREWELL = Duration.ofSeconds(2);
    /** A device that was there before is waited for: a target, or a drive, that starts anew is back within seconds. */
    private static final Duration RETURN = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final ScsiPath path;
    private final Doors doors;
    private final Pauses pauses;
    private volatile ScsiTransport transport;
    private boolean leaving;

    Way(ScsiPath path, Doors doors, Pauses pauses) {
        this.path = path;
        this.doors = doors;
        this.pauses = pauses;
    }

    String location() {
        return path.location();
    }

    boolean isOpen() {
        return transport != null;
    }

    /** Whether it can be used as it is; it need not be. */
    boolean isUsable() throws BackupException {
        if (leaving && transport != null) {
            return true;
        }
        doors.requireOpen(location());
        return transport != null;
    }

    /** @param known the device was there before */
    void open(boolean known) throws BackupException {
        for (Duration waited = Duration.ZERO; transport == null; waited = waited.plus(AGAIN)) {
            try {
                transport = path.open();
            } catch (BackupException e) {
                if (!known || !Trouble.is(e, "device.io") || waited.compareTo(RETURN) >= 0) {
                    throw e;
                }
                pauses.pause(AGAIN, location());
            }
        }
        if (doors.isClosed()) {
            close();
            throw Trouble.closed(location());
        }
    }

    /** From here on it is used to take leave: the doors are closed, and each command has a second or two. */
    void leave() {
        leaving = true;
    }

    Outcome execute(Cdb cdb, ByteBuffer data, Duration timeout) {
        ScsiTransport now = transport;
        return now == null ? new Outcome.Lost("it was closed") : now.execute(cdb.bytes(), cdb.direction(), data, leaving ? FAREWELL : timeout);
    }

    void pause(Duration time) throws BackupException {
        pauses.pause(time, location());
    }

    /** What is to be said of a command that the device did not answer. */
    BackupException loss(Outcome outcome, Cdb cdb) {
        close();
        if (doors.isClosed()) {
            return Trouble.closed(location());
        }
        return switch (outcome) {
            case Outcome.Lost lost -> Trouble.device("device.io", location(), "the way to the device broke: " + lost.why()
                    + "; what it has done of the command (" + cdb + ") is not known");
            case Outcome.TimedOut late -> Trouble.device("device.timeout", location(), "no answer within " + late.after().toSeconds()
                    + " s; what the device has done of the command (" + cdb + ") is not known");
            case Outcome.Interrupted interrupted -> Trouble.interrupted(location());
            case Outcome.Answered answered -> throw new IllegalArgumentException(answered.toString());
        };
    }

    /** Ends it, and with it whatever waits for an answer. Any thread. */
    void close() {
        ScsiTransport old = transport;
        transport = null;
        if (old != null) {
            old.close();
        }
    }
}
