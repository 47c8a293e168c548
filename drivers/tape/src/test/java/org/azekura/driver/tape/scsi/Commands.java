package org.azekura.driver.tape.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;

/** Commands as bytes, for tests of transports. */
public final class Commands {

    public static final Duration SOON = Duration.ofMinutes(2);
    public static final byte[] READY = cdb("000000000000");
    public static final byte[] REWIND = cdb("010000000000");
    public static final byte[] UNLOAD = cdb("1b0000000000");
    public static final byte[] BLOCK_LIMITS = cdb("050000000000");

    private Commands() {}

    public static byte[] cdb(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    public static byte[] inquiry(int length) {
        return cdb("120000%04x00".formatted(length));
    }

    /** WRITE(6) and READ(6) of one block of this length. */
    public static byte[] write(int length) {
        return cdb("0a00%06x00".formatted(length));
    }

    public static byte[] read(int length) {
        return cdb("0800%06x00".formatted(length));
    }

    public static byte[] filemarks(int count) {
        return cdb("1000%06x00".formatted(count));
    }

    public static byte[] move(int picker, int from, int to) {
        return cdb("a500%04x%04x%04x00000000".formatted(picker, from, to));
    }

    /** Without data. */
    public static Outcome.Answered tell(ScsiTransport device, byte[] cdb) {
        return answered(device.execute(cdb, Direction.NONE, ByteBuffer.allocate(0), SOON));
    }

    public static Outcome.Answered answered(Outcome outcome) {
        return assertInstanceOf(Outcome.Answered.class, outcome);
    }

    public static void good(Outcome outcome) {
        Outcome.Answered answer = answered(outcome);
        assertEquals(0, answer.status(), () -> "sense " + HexFormat.of().formatHex(answer.sense()));
    }

    /** Takes what waits since the session began. */
    public static ScsiTransport calmed(ScsiTransport device) {
        for (int i = 0; i < 3 && tell(device, READY).status() != 0; i++) {
            // A unit attention, or nothing is loaded.
        }
        return device;
    }
}
