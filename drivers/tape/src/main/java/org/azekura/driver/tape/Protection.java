package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.azekura.api.BackupException;

/**
 * Four bytes behind each block by which both ends of the way see that it came as it went (SSC-4, logical block protection; set by the control data protection mode page
 * 0Ah/F0h: method in byte 4, length in byte 5, LBP_W and LBP_R in byte 6). LTO drives have CRC-32C from the seventh generation on, which goes with its lowest byte first;
 * those before have only a {@link ReedSolomon} code, which goes with its highest byte first. Which it is is found by trying. Bytes are those of IBM's LTO SCSI Reference
 * (4.9, 6.6.9), of the LTFS of IBM and of CERN's tape server.
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
    private static final int BOTH_WAYS = 0xc0;

    private final SpcDevice device;
    private final Modes modes;
    private ByteBuffer sealed = ByteBuffer.allocate(0);
    /** Null: blocks go without. */
    private Method method;
    private Checksum sum;

    /** What is computed, in the order in which it is tried. */
    private enum Method {

        CRC_32C(2, ByteOrder.LITTLE_ENDIAN, CRC32C::new), REED_SOLOMON(1, ByteOrder.BIG_ENDIAN, ReedSolomon::new);

        final byte number;
        final ByteOrder order;
        final Supplier<Checksum> sum;

        Method(int number, ByteOrder order, Supplier<Checksum> sum) {
            this.number = (byte) number;
            this.order = order;
            this.sum = sum;
        }
    }

    Protection(SpcDevice device, Modes modes) {
        this.device = device;
        this.modes = modes;
    }

    /** Whether blocks go with their checksum. */
    boolean isOn() {
        return method != null;
    }

    /** Bytes that go with a block. */
    int length() {
        return isOn() ? LENGTH : 0;
    }

    private Optional<byte[]> page() throws BackupException {
        // Some devices give the page for its subpage.
        return modes.page(PAGE, SUBPAGE).filter(page -> page.length >= LEAST && (page[0] & SUBPAGE_FORMAT) != 0 && (page[1] & 0xff) == SUBPAGE);
    }

    private boolean select(byte[] page, byte number, byte length, byte ways) throws BackupException {
        page[METHOD] = number;
        page[METHOD + 1] = length;
        page[METHOD + 2] = ways;
        return modes.select(page).isDone();
    }

    /** Sets what is wanted, whatever somebody has left. What counts is what the drive says afterwards. */
    void begin(boolean wanted) throws BackupException {
        use(null);
        Optional<byte[]> page = page();
        if (page.isEmpty()) {
            return;
        }
        for (Method one : wanted ? Method.values() : new Method[0]) {
            if (select(page.get(), one.number, (byte) LENGTH, (byte) BOTH_WAYS)
                    && page().filter(now -> now[METHOD] == one.number && now[METHOD + 1] == LENGTH && (now[METHOD + 2] & BOTH_WAYS) == BOTH_WAYS).isPresent()) {
                use(one);
                return;
            }
        }
        clear();
    }

    /** @throws BackupException {@code device.hardware} if the drive does not let go of it: nobody would read what comes */
    void clear() throws BackupException {
        use(null);
        Optional<byte[]> page = page().filter(now -> now[METHOD] != 0);
        if (page.isPresent() && !select(page.get(), (byte) 0, (byte) 0, (byte) 0) && page().filter(now -> now[METHOD] != 0).isPresent()) {
            throw Trouble.device("device.hardware", device.location(), "the drive keeps a protection of blocks that is not known here; restart it");
        }
    }

    /** What was set is gone with the session, or with a reset. */
    void forget() {
        use(null);
    }

    private void use(Method next) {
        method = next;
        sum = next == null ? null : next.sum.get();
    }

    /** The block with its checksum behind it, in a buffer that counts until the next call; the block's own does not move. */
    ByteBuffer seal(ByteBuffer block) {
        int needed = block.remaining() + LENGTH;
        if (sealed.capacity() < needed) {
            sealed = ByteBuffer.allocateDirect(needed);
        }
        sealed.clear().put(block.duplicate());
        int behind = sum(sealed.duplicate().flip());
        return sealed.order(method.order).putInt(behind).flip();
    }

    private int sum(ByteBuffer bytes) {
        sum.reset();
        sum.update(bytes);
        return (int) sum.getValue();
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
        int found = data.slice(from + left, LENGTH).order(method.order).getInt(0);
        int expected = sum(data.slice(from, left));
        if (found != expected) {
            throw Trouble.device("device.io", device.location(), "a block of " + left + " bytes was changed on the way from the drive: its checksum is "
                    + "%08x, expected %08x; look at cables, bridges and memory first".formatted(expected, found));
        }
        return left;
    }
}
