package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import org.azekura.api.BackupException;
import org.azekura.driver.tape.scsi.Direction;

/**
 * Encryption in the drive (SSC-3, SECURITY PROTOCOL IN and OUT, tape data encryption 20h): AES-256-GCM with a key for whatever is written, while blocks without
 * a key can be read all the same. A key is in no object of ours longer than it takes to send it. One thread at a time.
 */
final class Keys {

    static final int LENGTH = 32;

    private static final int PROTOCOL_IN = 0xa2;
    private static final int PROTOCOL_OUT = 0xb5;
    private static final int TAPE_ENCRYPTION = 0x20;
    private static final int CAPABILITIES = 0x0010;
    private static final int SET = 0x0010;
    private static final int AES_256_GCM = 0x0001_0014;
    private static final int MOST = 1024;
    private static final int HEADER = 20;
    private static final int DESCRIPTOR = 24;
    private static final int FIXED = 20;
    /** For whoever uses the drive: a session that was lost is followed by another one of ours. */
    private static final int ALL_SESSIONS = 2 << 5;
    private static final int CLEAR_ON_DEMOUNT = 1 << 2;
    private static final int ENCRYPT = 2;
    private static final int MIXED = 3;

    private final SpcDevice device;
    private boolean asked;
    private OptionalInt algorithm = OptionalInt.empty();

    Keys(SpcDevice device) {
        this.device = device;
    }

    boolean isKnown() throws BackupException {
        if (!asked) {
            Cdb cdb = Cdb.of(12, PROTOCOL_IN, Direction.IN).with(1, TAPE_ENCRYPTION).with16(2, CAPABILITIES).with32(6, MOST);
            algorithm = parse(device.optional(cdb, MOST).orElse(new byte[0]));
            // Without a cartridge some drives do not say.
            asked = algorithm.isPresent() || device.lacks(cdb);
        }
        return algorithm.isPresent();
    }

    /** The number under which the drive has the one algorithm that all LTO drives have. */
    static OptionalInt parse(byte[] page) {
        if (page.length < HEADER) {
            return OptionalInt.empty();
        }
        int end = Math.min(page.length, 4 + Short.toUnsignedInt(ByteBuffer.wrap(page).getShort(2)));
        for (int at = HEADER; at + DESCRIPTOR <= end; at += 4 + Math.max(DESCRIPTOR - 4, Short.toUnsignedInt(ByteBuffer.wrap(page).getShort(at + 2)))) {
            if (ByteBuffer.wrap(page).getInt(at + 20) == AES_256_GCM) {
                return OptionalInt.of(page[at] & 0xff);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * @param key   of 32 bytes; null for none
     * @param seals whether what is written is sealed, too
     */
    void set(byte[] key, boolean seals) throws BackupException {
        if (!isKnown()) {
            throw Trouble.unsupported(device.location(), "this drive does not encrypt");
        }
        byte[] page = page(algorithm.getAsInt(), key, seals);
        Cdb cdb = Cdb.of(12, PROTOCOL_OUT, Direction.OUT).with(1, TAPE_ENCRYPTION).with16(2, SET).with32(6, page.length);
        try {
            Answer answer = device.once(cdb, ByteBuffer.wrap(page));
            if (!answer.isDone()) {
                throw device.refused(answer, Doing.ASKING);
            }
        } finally {
            Arrays.fill(page, (byte) 0);
        }
    }

    static byte[] page(int algorithm, byte[] key, boolean seals) {
        int length = key == null ? 0 : key.length;
        ByteBuffer page = ByteBuffer.allocate(FIXED + length).putShort((short) SET).putShort((short) (FIXED - 4 + length));
        page.put((byte) ALL_SESSIONS).put((byte) CLEAR_ON_DEMOUNT).put((byte) (key == null || !seals ? 0 : ENCRYPT)).put((byte) (key == null ? 0 : MIXED));
        page.put((byte) algorithm).putShort(18, (short) length);
        if (key != null) {
            page.put(FIXED, key);
        }
        return page.array();
    }

    /** No key, whoever has set one. */
    void clear() throws BackupException {
        if (isKnown()) {
            set(null, false);
        }
    }
}
