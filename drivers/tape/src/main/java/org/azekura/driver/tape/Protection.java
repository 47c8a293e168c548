package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;

/**
 * Four bytes behind each block by which both ends of the way see that it came as it went (SSC-4, logical block protection; set by the control data protection mode page
 * 0Ah/F0h: method in byte 4, length in byte 5, LBP_W and LBP_R in byte 6). Only CRC-32C is used, which LTO drives have from the seventh generation on; older ones have only a
 * Reed-Solomon code, which is not made here. The checksum goes with its lowest byte first. Bytes are those of IBM's LTO SCSI Reference (4.9, 6.6.9), of the
 * LTFS of IBM and of CERN's tape server.
 *
 * <p>A drive keeps a code of its own with each block on the tape and makes the one from the other: so cartridges that were written without can be read with, and the
 * other way round. The setting is one of the session and ends with it, at the latest. One thread at a time.
 */
final class Protection {

    /** Bytes behind a block. */
    static final int LENGTH = 4;
    static final int PAGE = 0x0a;
    static final int SUBPAGE = 0xf0;

    private static final int SUBPAGE_FORMAT = 0x40;
    private static final int METHOD = 4;
    private static final int LEAST = 7;
    private static final byte CRC_32C = 2;
    private static final int BOTH_WAYS = 0xc0;

    private final SpcDevice device;
    private final Modes modes;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer sealed = ByteBuffer.allocate(0);
    private boolean on;

    Protection(SpcDevice device, Modes modes) {
        this.device = device;
        this.modes = modes;
    }

    /** Whether blocks go with their checksum. */
    boolean isOn() {
        return on;
    }

    /** Bytes that go with a block. */
    int length() {
        return on ? LENGTH : 0;
    }

    private Optional<byte[]> page() throws BackupException {
        // Some devices give the page for its subpage.
        return modes.page(PAGE, SUBPAGE).filter(page -> page.length >= LEAST && (page[0] & SUBPAGE_FORMAT) != 0 && (page[1] & 0xff) == SUBPAGE);
    }

    private boolean select(byte[] page, byte method, byte length, byte ways) throws BackupException {
        page[METHOD] = method;
        page[METHOD + 1] = length;
        page[METHOD + 2] = ways;
        return modes.select(page).isDone();
    }

    /** Sets what is wanted, whatever somebody has left. What counts is what the drive says afterwards. */
    void begin(boolean wanted) throws BackupException {
        on = false;
        Optional<byte[]> page = page();
        if (page.isEmpty()) {
            return;
        }
        if (wanted && select(page.get(), CRC_32C, (byte) LENGTH, (byte) BOTH_WAYS)) {
            on = page().filter(now -> now[METHOD] == CRC_32C && now[METHOD + 1] == LENGTH && (now[METHOD + 2] & BOTH_WAYS) == BOTH_WAYS).isPresent();
        }
        if (!on) {
            clear();
        }
    }

    /** @throws BackupException {@code device.hardware} if the drive does not let go of it: nobody would read what comes */
    void clear() throws BackupException {
        on = false;
        Optional<byte[]> page = page().filter(now -> now[METHOD] != 0);
        if (page.isPresent() && !select(page.get(), (byte) 0, (byte) 0, (byte) 0) && page().filter(now -> now[METHOD] != 0).isPresent()) {
            throw Trouble.device("device.hardware", device.location(), "the drive keeps a protection of blocks that is not known here; restart it");
        }
    }

    /** What was set is gone with the session, or with a reset. */
    void forget() {
        on = false;
    }

    /** The block with its checksum behind it, in a buffer that counts until the next call; the block's own does not move. */
    ByteBuffer seal(ByteBuffer block) {
        int needed = block.remaining() + LENGTH;
        if (sealed.capacity() < needed) {
            sealed = ByteBuffer.allocateDirect(needed);
        }
        sealed.clear().put(block.duplicate());
        int sum = sum(sealed.duplicate().flip());
        return sealed.order(ByteOrder.LITTLE_ENDIAN).putInt(sum).flip();
    }

    private int sum(ByteBuffer bytes) {
        crc.reset();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /**
     * @param length of the block, with its checksum
     * @return its length without
     * @throws BackupException {@code device.io} if the checksum is not that of the block
     */
    int open(ByteBuffer data, int from, int length) throws BackupException {
        int left = length - LENGTH;
        if (left < 1) {
            throw Trouble.device("device.io", device.location(), "a block came without its checksum: it has " + length + " bytes");
        }
        int found = data.slice(from + left, LENGTH).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        int expected = sum(data.slice(from, left));
        if (found != expected) {
            throw Trouble.device("device.io", device.location(), "a block of " + left + " bytes was changed on the way from the drive: its checksum is "
                    + "%08x, expected %08x; look at cables, bridges and memory first".formatted(expected, found));
        }
        return left;
    }
}
