package org.azekura.driver.tape.scsi;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a device says of a command that it did not simply carry out (SPC-3, 4.5; SSC-3 for the three flags of a tape).
 *
 * @param deferred    it speaks of an <em>earlier</em> command (71h, 73h); this one was not carried out
 * @param key         0 to 15
 * @param filemark    a filemark was met
 * @param endOfMedium the end of the tape is near, or its beginning was met
 * @param wrongLength a block had another length than was asked for
 * @param information signed; only if the device vouches for it
 */
public record Sense(boolean deferred, int key, int asc, int ascq, boolean filemark, boolean endOfMedium, boolean wrongLength, OptionalLong information) {

    private static final int FILEMARK = 0x80;
    private static final int END_OF_MEDIUM = 0x40;
    private static final int WRONG_LENGTH = 0x20;
    private static final int VALID = 0x80;
    private static final int INFORMATION_DESCRIPTOR = 0;
    private static final int STREAM_DESCRIPTOR = 4;

    /** Empty if this is no sense data. What was cut off counts as zero. */
    public static Optional<Sense> parse(byte[] raw) {
        if (raw.length < 1) {
            return Optional.empty();
        }
        return switch (raw[0] & 0x7f) {
            case 0x70 -> Optional.of(fixed(raw, false));
            case 0x71 -> Optional.of(fixed(raw, true));
            case 0x72 -> Optional.of(described(raw, false));
            case 0x73 -> Optional.of(described(raw, true));
            default -> Optional.empty();
        };
    }

    private static Sense fixed(byte[] raw, boolean deferred) {
        int flags = at(raw, 2);
        boolean hasInformation = (raw[0] & VALID) != 0 && raw.length >= 7;
        return new Sense(deferred, flags & 0xf, at(raw, 12), at(raw, 13), (flags & FILEMARK) != 0, (flags & END_OF_MEDIUM) != 0, (flags & WRONG_LENGTH) != 0,
                hasInformation ? OptionalLong.of(ByteBuffer.wrap(raw).getInt(3)) : OptionalLong.empty());
    }

    private static Sense described(byte[] raw, boolean deferred) {
        int flags = 0;
        OptionalLong information = OptionalLong.empty();
        int end = Math.min(raw.length, 8 + at(raw, 7));
        for (int at = 8; at + 2 <= end; at += 2 + at(raw, at + 1)) {
            if (raw[at] == INFORMATION_DESCRIPTOR && at + 12 <= end && (at(raw, at + 2) & VALID) != 0) {
                information = OptionalLong.of(ByteBuffer.wrap(raw).getLong(at + 4));
            } else if (raw[at] == STREAM_DESCRIPTOR && at + 4 <= end) {
                flags = at(raw, at + 3);
            }
        }
        return new Sense(deferred, at(raw, 1) & 0xf, at(raw, 2), at(raw, 3), (flags & FILEMARK) != 0, (flags & END_OF_MEDIUM) != 0,
                (flags & WRONG_LENGTH) != 0, information);
    }

    private static int at(byte[] raw, int index) {
        return index < raw.length ? raw[index] & 0xff : 0;
    }

    /** As the books write it, like {@code 6/29/00}; with a {@code d} in front if it is deferred. */
    @Override
    public String toString() {
        return "%s%X/%02X/%02X%s%s%s".formatted(deferred ? "d" : "", key, asc, ascq, filemark ? " FM" : "", endOfMedium ? " EOM" : "", wrongLength ? " ILI" : "");
    }
}
