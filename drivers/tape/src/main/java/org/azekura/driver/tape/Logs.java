package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;

/** The pages in which a device counts what has happened (SPC-4, LOG SENSE). One thread at a time. */
final class Logs {

    private static final int LOG_SENSE = 0x4d;
    private static final int CUMULATIVE = 0x40;
    private static final int LIST_LENGTH = 512;
    private static final int HEADER = 4;
    private static final int PARAMETER = 4;
    private static final int LONGEST = 8;

    private final SpcDevice device;

    Logs(SpcDevice device) {
        this.device = device;
    }

    /** Which pages there are: reading one may take away what it says. */
    Set<Integer> pages() throws BackupException {
        byte[] list = device.optional(Cdb.of(10, LOG_SENSE, Direction.IN).with(2, CUMULATIVE).with16(7, LIST_LENGTH), LIST_LENGTH).orElse(new byte[0]);
        Set<Integer> pages = new HashSet<>();
        for (int i = HEADER; i < list.length; i++) {
            pages.add(list[i] & 0x3f);
        }
        return pages;
    }

    /** A page with its head; empty if there is none. */
    byte[] page(int page, int length) throws BackupException {
        return device.optional(Cdb.of(10, LOG_SENSE, Direction.IN).with(2, CUMULATIVE | page).with16(7, length), length).orElse(new byte[0]);
    }

    /** The numbers on a page, by their codes; what is longer than eight bytes is no number. */
    static Map<Integer, Long> numbers(byte[] bytes, int page) {
        Map<Integer, Long> all = new TreeMap<>();
        if (bytes.length < HEADER || (bytes[0] & 0x3f) != page) {
            return all;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = Math.min(bytes.length, HEADER + Short.toUnsignedInt(in.getShort(2)));
        for (int at = HEADER; at + PARAMETER <= end; at += PARAMETER + (bytes[at + 3] & 0xff)) {
            int length = bytes[at + 3] & 0xff;
            if (length >= 1 && length <= LONGEST && at + PARAMETER + length <= end) {
                long value = 0;
                for (int i = 0; i < length; i++) {
                    value = value << 8 | bytes[at + PARAMETER + i] & 0xff;
                }
                all.put(Short.toUnsignedInt(in.getShort(at)), value < 0 ? Long.MAX_VALUE : value);
            }
        }
        return all;
    }
}
