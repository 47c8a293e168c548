package org.azekura.driver.tape;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive;
import org.azekura.driver.tape.scsi.Direction;

/**
 * Who a device is (SPC-3, INQUIRY, VPD pages 80h and 83h). All texts are trimmed.
 *
 * @param type   of device: 1 is a tape drive, 8 a changer; 31 if there is none
 * @param serial empty if it has none
 * @param names  its designators, in a form that can be compared with those that a changer has for its drives
 */
record Inquiry(int type, String vendor, String product, String revision, String serial, List<String> names) {

    private static final int INQUIRY = 0x12;
    private static final int STANDARD = 96;
    private static final int PAGE = 252;
    private static final int SERIAL_PAGE = 0x80;
    private static final int NAMES_PAGE = 0x83;
    /** Vendor and product, in what T10 has names begin with. */
    private static final int T10_PREFIX = 24;

    static Inquiry of(SpcDevice device) throws BackupException {
        byte[] standard = device.optional(inquiry(0, 0, STANDARD), STANDARD).orElse(new byte[0]);
        if (standard.length < 36) {
            throw Trouble.device("device.io", device.location(), "it does not say what it is: INQUIRY gave " + standard.length + " bytes, expected 36");
        }
        // A qualifier other than 0 says that nothing is connected there.
        int type = (standard[0] & 0xe0) == 0 ? standard[0] & 0x1f : 31;
        String serial = page(device, SERIAL_PAGE).map(page -> text(page, 4, page.length)).orElse("");
        return new Inquiry(type, text(standard, 8, 16), text(standard, 16, 32), text(standard, 32, 36), serial,
                page(device, NAMES_PAGE).map(page -> names(page, 4)).orElse(List.of()));
    }

    private static Cdb inquiry(int flags, int page, int length) {
        return Cdb.six(INQUIRY, Direction.IN, flags, page << 16 | length);
    }

    private static Optional<byte[]> page(SpcDevice device, int page) throws BackupException {
        return device.optional(inquiry(1, page, PAGE), PAGE).filter(bytes -> bytes.length > 4 && (bytes[1] & 0xff) == page)
                .map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 4 + ((bytes[2] & 0xff) << 8 | bytes[3] & 0xff))));
    }

    /** The designators from {@code at} to the end: four bytes of head, the last of which is the length, each. */
    static List<String> names(byte[] bytes, int at) {
        List<String> names = new ArrayList<>();
        for (int next = at; next + 4 <= bytes.length; next += 4 + (bytes[next + 3] & 0xff)) {
            name(bytes, next).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    /** One designator: that of T10 is text of which only what follows vendor and product tells one device from the other. */
    static Optional<String> name(byte[] bytes, int at) {
        int length = bytes[at + 3] & 0xff;
        if (length == 0 || at + 4 + length > bytes.length) {
            return Optional.empty();
        }
        boolean isText = (bytes[at] & 0xf) >= 2;
        int kind = bytes[at + 1] & 0xf;
        if (!isText) {
            return Optional.of(kind + ":" + HexFormat.of().formatHex(bytes, at + 4, at + 4 + length));
        }
        int from = kind == 1 && length > T10_PREFIX ? T10_PREFIX : 0;
        String text = text(bytes, at + 4 + from, at + 4 + length);
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Whether one of these is its name, or its serial number. */
    boolean isNamed(List<String> others) {
        return others.stream().anyMatch(other -> !serial.isEmpty() && other.equals(serial) || names.contains(other));
    }

    Drive.Identity identity() {
        return new Drive.Identity(vendor, product, revision, serial);
    }

    static String text(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, Math.max(0, Math.min(to, bytes.length) - from), StandardCharsets.US_ASCII);
        return text.replace('\0', ' ').replaceAll("[^ -~]", "?").trim();
    }
}
