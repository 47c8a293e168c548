package org.azekura.storagenode.cartridge.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;
import org.azekura.engine.tape.BlobHead;

/**
 * What stands behind a pack in the spool, and makes it one.
 *
 * @param volume   the pool's, that it waits for
 * @param number   packs get to the tape in the order of their numbers
 * @param size     of the pack
 * @param checksum CRC-32C of the pack
 * @param replaces whether it takes the place of what lies on tape under its name; else that is it
 */
record PackTrailer(VolumeId volume, String key, long number, long size, int checksum, boolean replaces) {

    static final int BYTES = 576;
    private static final long MAGIC = 0x415a_454b_5350_4f4fL; // "AZEKSPOO"
    private static final int VERSION = 0;
    /** Of one that takes a place. To a release that does not know of such it is no pack: it leaves what lies on tape, and keeps the file. */
    private static final int REPLACING = 1;

    /** Ready to be written. */
    ByteBuffer encode() {
        ByteBuffer to = ByteBuffer.allocate(BYTES).putLong(MAGIC).putShort((short) (replaces ? REPLACING : VERSION));
        volume.write(to);
        to.putLong(number).putLong(size).putInt(checksum).putShort((short) key.length()).put(key.getBytes(US_ASCII));
        return to.putInt(BYTES - Integer.BYTES, sum(to)).clear();
    }

    /** Null if these {@link #BYTES} bytes are none. */
    static PackTrailer decode(ByteBuffer bytes) {
        ByteBuffer from = bytes.slice();
        if (from.remaining() != BYTES || from.getInt(BYTES - Integer.BYTES) != sum(from) || from.getLong() != MAGIC) {
            return null;
        }
        int version = from.getShort();
        VolumeId volume = VolumeId.read(from);
        long number = from.getLong();
        long size = from.getLong();
        int checksum = from.getInt();
        int length = from.getShort();
        if (length < 0 || length >= from.remaining() - Integer.BYTES || size < 0) {
            return null;
        }
        byte[] key = new byte[length];
        from.get(key);
        String text = new String(key, US_ASCII);
        return BlobHead.isKey(text) && (version == VERSION || version == REPLACING) ? new PackTrailer(volume, text, number, size, checksum, version == REPLACING) : null;
    }

    private static int sum(ByteBuffer all) {
        CRC32C crc = new CRC32C();
        crc.update(all.slice(0, BYTES - Integer.BYTES));
        return (int) crc.getValue();
    }
}
