package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;

/**
 * Which commands a device has, if it says so (SPC-3, REPORT SUPPORTED OPERATION CODES).
 *
 * @param known    whether it says so
 * @param codes    operation codes
 * @param timeOuts how long they may take, of those for which it says so
 */
record Operations(boolean known, Set<Integer> codes, Map<Integer, Duration> timeOuts) {

    static final Operations UNKNOWN = new Operations(false, Set.of(), Map.of());

    private static final int MAINTENANCE_IN = 0xa3;
    private static final int SUPPORTED_CODES = 0x0c;
    private static final int WITH_TIME_OUTS = 0x80;
    private static final int LENGTH = 8192;
    private static final int DESCRIPTOR = 8;
    private static final int TIME_OUTS = 12;
    private static final int HAS_TIME_OUTS = 2;

    static Operations of(SpcDevice device) throws BackupException {
        Cdb cdb = Cdb.of(12, MAINTENANCE_IN, Direction.IN).with(2, WITH_TIME_OUTS).with32(6, LENGTH).service(SUPPORTED_CODES);
        Optional<byte[]> list = device.optional(cdb, LENGTH);
        if (list.isEmpty()) {
            Cdb plain = Cdb.of(12, MAINTENANCE_IN, Direction.IN).with32(6, LENGTH).service(SUPPORTED_CODES);
            list = device.optional(plain, LENGTH);
        }
        return list.map(Operations::parse).orElse(UNKNOWN);
    }

    static Operations parse(byte[] bytes) {
        if (bytes.length < 4) {
            return UNKNOWN;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long end = Math.min(bytes.length, 4 + Integer.toUnsignedLong(in.getInt(0)));
        Set<Integer> codes = new HashSet<>();
        Map<Integer, Duration> times = new HashMap<>();
        int at = 4;
        while (at + DESCRIPTOR <= end) {
            int code = bytes[at] & 0xff;
            boolean timed = (bytes[at + 5] & HAS_TIME_OUTS) != 0;
            codes.add(code);
            at += DESCRIPTOR;
            if (timed && at + TIME_OUTS <= end) {
                // The second is what it recommends as a time-out, the first what is usual; 0 says nothing.
                long seconds = Math.max(Integer.toUnsignedLong(in.getInt(at + 8)), Integer.toUnsignedLong(in.getInt(at + 4)));
                if (seconds > 0) {
                    times.merge(code, Duration.ofSeconds(seconds), (one, other) -> one.compareTo(other) > 0 ? one : other);
                }
            }
            at += timed ? TIME_OUTS : 0;
        }
        return codes.isEmpty() ? UNKNOWN : new Operations(true, Set.copyOf(codes), Map.copyOf(times));
    }

    /** Whether it has this; if it does not say, whether it should. */
    boolean has(int code, boolean expected) {
        return known ? codes.contains(code) : expected;
    }
}
