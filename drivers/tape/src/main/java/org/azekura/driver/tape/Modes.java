package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;

/** The settings that a device keeps in pages (SPC-3, MODE SENSE and MODE SELECT with six bytes). One thread at a time. */
final class Modes {

    private static final int SENSE = 0x1a;
    private static final int SELECT = 0x15;
    private static final int LENGTH = 252;
    private static final int HEADER = 4;
    private static final int BLOCK_DESCRIPTOR = 8;
    private static final int SUBPAGES = 0x40;
    private static final int PAGE_FORMAT = 0x10;
    private static final int NO_BLOCK_DESCRIPTOR = 8;
    private static final int BUFFERED = 0x10;

    /**
     * What stands in front of the pages.
     *
     * @param medium      kind of cartridge, in codes of its maker
     * @param isProtected it can't be written
     * @param density     of the cartridge, 0 if unknown
     * @param blockLength 0 for blocks of any length
     */
    record Header(int medium, boolean isProtected, int density, int blockLength) {

        static Header parse(byte[] bytes) {
            boolean described = bytes.length >= HEADER + BLOCK_DESCRIPTOR && (bytes[3] & 0xff) >= BLOCK_DESCRIPTOR;
            return new Header(at(bytes, 1), (at(bytes, 2) & 0x80) != 0, described ? at(bytes, 4) : 0,
                    described ? at(bytes, 9) << 16 | at(bytes, 10) << 8 | at(bytes, 11) : 0);
        }

        private static int at(byte[] bytes, int index) {
            return index < bytes.length ? bytes[index] & 0xff : 0;
        }
    }

    private final SpcDevice device;

    Modes(SpcDevice device) {
        this.device = device;
    }

    /** Empty if the device does not say. */
    Optional<Header> header() throws BackupException {
        return device.optional(Cdb.six(SENSE, Direction.IN, 0, LENGTH), LENGTH).map(Header::parse);
    }

    /** A page with its head, or a subpage; empty if the device has none. */
    Optional<byte[]> page(int page, int subpage) throws BackupException {
        Cdb cdb = Cdb.six(SENSE, Direction.IN, NO_BLOCK_DESCRIPTOR, page << 16 | subpage << 8 | LENGTH);
        return device.optional(cdb, LENGTH).flatMap(bytes -> page(bytes, page));
    }

    /** Devices may give a block descriptor though none was asked for. */
    static Optional<byte[]> page(byte[] bytes, int page) {
        if (bytes.length < HEADER) {
            return Optional.empty();
        }
        int from = HEADER + (bytes[3] & 0xff);
        if (from + 4 > bytes.length || (bytes[from] & 0x3f) != page) {
            return Optional.empty();
        }
        boolean isSubpage = (bytes[from] & SUBPAGES) != 0;
        int length = isSubpage ? 4 + ((bytes[from + 2] & 0xff) << 8 | bytes[from + 3] & 0xff) : 2 + (bytes[from + 1] & 0xff);
        return from + length > bytes.length ? Optional.empty() : Optional.of(Arrays.copyOfRange(bytes, from, from + length));
    }

    /** Sets a page that was read before and changed. */
    Answer select(byte[] page) throws BackupException {
        ByteBuffer data = ByteBuffer.allocate(HEADER + page.length);
        data.put(2, (byte) BUFFERED).put(HEADER, page);
        // Whether a page can be saved is said in reading only.
        data.put(HEADER, (byte) (page[0] & 0x7f));
        return device.once(Cdb.six(SELECT, Direction.OUT, PAGE_FORMAT, data.capacity()), data);
    }

    /** Blocks of any length, and writing through the drive's buffer. */
    Answer selectVariableBlocks() throws BackupException {
        ByteBuffer data = ByteBuffer.allocate(HEADER + BLOCK_DESCRIPTOR);
        data.put(2, (byte) BUFFERED).put(3, (byte) BLOCK_DESCRIPTOR);
        return device.once(Cdb.six(SELECT, Direction.OUT, PAGE_FORMAT, data.capacity()), data);
    }
}
