package org.azekura.engine.tape;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.api.VolumeId;
import org.azekura.engine.format.FormatVersion;

/**
 * What a block on a cartridge says of itself.
 *
 * @param number   blocks before it on the cartridge, 1 or more: the label is number 0
 * @param serial   of its object, from 1
 * @param index    within its object, from 0
 * @param last     whether its object ends with it
 * @param deletion whether its object notes that a blob was deleted; it is then the only block of it
 * @param length   bytes of payload behind the header
 */
public record TapeBlock(VolumeId volume, long number, long serial, int index, boolean last, boolean deletion, int length) {

    /** Bytes before the payload. */
    public static final int HEADER = 56;
    /** Longest block, header included. */
    public static final int MAX = 256 << 10;
    /** Code of what is no sound block. */
    public static final String CORRUPT = "tape.corrupt";

    private static final long MAGIC = 0x415a_454b_5441_5045L; // "AZEKTAPE"
    private static final int CHECKSUM_AT = HEADER - Integer.BYTES;
    private static final int FIRST = 1;
    private static final int LAST = 2;
    private static final int DELETION = 4;

    /** @throws IllegalArgumentException if there can't be such a block */
    public TapeBlock {
        String problem = problem(number, serial, index, last, deletion, length);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    private static String problem(long number, long serial, int index, boolean last, boolean deletion, int length) {
        if (number < 1 || serial < 1 || index < 0) {
            return "it is block " + number + ", " + index + " of object " + serial;
        }
        if (length < 0 || length > MAX - HEADER) {
            return "its payload has " + length + " bytes";
        }
        return deletion && (index > 0 || !last) ? "it is one of several blocks of a deletion" : null;
    }

    /** Whether its object begins with it. */
    public boolean first() {
        return index == 0;
    }

    /**
     * Puts the header in front of a payload.
     *
     * @param block room for the header, then the payload, from 0 to the limit; its position is 0 at return
     */
    public void seal(ByteBuffer block) {
        if (block.limit() != HEADER + length) {
            throw new IllegalArgumentException("a block of " + block.limit() + " bytes for a payload of " + length);
        }
        block.position(0).putLong(MAGIC).putShort((short) FormatVersion.FIRST);
        block.putShort((short) ((first() ? FIRST : 0) | (last ? LAST : 0) | (deletion ? DELETION : 0)));
        volume.write(block);
        block.putLong(number).putLong(serial).putInt(index).putInt(length);
        block.putInt(checksum(block)).position(0);
    }

    /**
     * Reads a block and checks it.
     *
     * @param block all of it, from position to limit; its position is at the payload at return
     * @param where for the message, like {@code cartridge A00017L8, object 12}
     * @throws BackupException {@value #CORRUPT}, {@link FormatVersion#CODE}
     */
    public static TapeBlock parse(ByteBuffer block, String where) throws BackupException {
        ByteBuffer bytes = block.slice();
        if (bytes.remaining() < HEADER || bytes.remaining() > MAX || bytes.getLong() != MAGIC) {
            throw corrupt(where, "a block of " + bytes.limit() + " bytes that does not begin as a volume's do");
        }
        int version = bytes.getShort() & 0xffff;
        int flags = bytes.getShort() & 0xffff;
        VolumeId volume = VolumeId.read(bytes);
        long number = bytes.getLong();
        long serial = bytes.getLong();
        int index = bytes.getInt();
        int length = bytes.getInt();
        if (bytes.getInt() != checksum(bytes)) {
            throw corrupt(where, "a block of " + bytes.limit() + " bytes that are not as they were written");
        }
        if (version != FormatVersion.FIRST) {
            throw FormatVersion.other(where, "", version, FormatVersion.FIRST);
        }
        boolean last = (flags & LAST) != 0;
        boolean deletion = (flags & DELETION) != 0;
        String problem = length != bytes.remaining() || flags > (FIRST | LAST | DELETION) || (flags & FIRST) != 0 != (index == 0)
                ? "it says " + length + " bytes, index " + index + " and flags " + flags + " with " + bytes.remaining() + " bytes of payload"
                : problem(number, serial, index, last, deletion, length);
        if (problem != null) {
            throw corrupt(where, "a block that can't be: " + problem);
        }
        block.position(block.position() + HEADER);
        return new TapeBlock(volume, number, serial, index, last, deletion, length);
    }

    private static int checksum(ByteBuffer block) {
        CRC32C crc = new CRC32C();
        crc.update(block.slice(0, CHECKSUM_AT));
        crc.update(block.slice(HEADER, block.limit() - HEADER));
        return (int) crc.getValue();
    }

    static BackupException corrupt(String where, String what) {
        return BackupException.corrupt(CORRUPT, where, where + ": found " + what);
    }
}
