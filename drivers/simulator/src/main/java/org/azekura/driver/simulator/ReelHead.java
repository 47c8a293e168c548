package org.azekura.driver.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.device.Barcode;

/**
 * What stands before the entries of a reel; the package's Javadoc has the grammar.
 *
 * @param durable objects that are on the disk for good
 * @param epoch   grows whenever objects are cut off
 */
record ReelHead(Barcode barcode, long capacity, long sequence, long durable, int epoch) {

    static final int BYTES = 4096;
    private static final byte[] MAGIC = "AZSIMTAP".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int NAME = 32;
    private static final int FIXED = 8 + 4 + NAME + 8;
    /** In sectors of their own, so that a torn write costs only the newer of them. */
    private static final int[] SLOTS = {512, 1024};
    static final int SLOT = 24;
    private static final int SLOT_CHECKED = SLOT - 4;

    static ReelHead fresh(Barcode barcode, long capacity) {
        return new ReelHead(barcode, capacity, 0, 0, 1);
    }

    ReelHead with(long objects, int nextEpoch) {
        return new ReelHead(barcode, capacity, sequence + 1, objects, nextEpoch);
    }

    /** Where this one's slot is: each goes into the one that the last did not take. */
    int slotAt() {
        return SLOTS[(int) (sequence % 2)];
    }

    ByteBuffer slot() {
        ByteBuffer slot = ByteBuffer.allocate(SLOT).putLong(sequence).putLong(durable).putInt(epoch);
        return slot.putInt(Checksum.of(slot.slice(0, SLOT_CHECKED))).flip();
    }

    /** All of it, for a reel that is made. */
    ByteBuffer encode() {
        ByteBuffer all = ByteBuffer.allocate(BYTES);
        all.put(MAGIC).putInt(VERSION).put(Arrays.copyOf(barcode.value().getBytes(StandardCharsets.US_ASCII), NAME)).putLong(capacity);
        all.putInt(Checksum.of(all.slice(0, FIXED)));
        return all.put(slotAt(), slot().array()).clear();
    }

    /** @throws BackupException {@code media.read} if it is not what the grammar says */
    static ReelHead decode(ByteBuffer all, String where) throws BackupException {
        if (all.remaining() < BYTES) {
            throw Trouble.media("media.read", where, "its file is cut off");
        }
        byte[] magic = new byte[MAGIC.length];
        byte[] name = new byte[NAME];
        int start = all.position();
        all.get(magic);
        int version = all.getInt();
        all.get(name);
        long capacity = all.getLong();
        if (!Arrays.equals(magic, MAGIC)) {
            throw Trouble.media("media.read", where, "its file is no cartridge of this simulator");
        }
        if (version != VERSION) {
            throw Trouble.media("media.read", where, "its file is of version " + version + ", this program reads " + VERSION);
        }
        if (Checksum.of(all.slice(start, FIXED)) != all.getInt() || capacity < 0) {
            throw Trouble.media("media.read", where, "its file is damaged at the beginning");
        }
        ReelHead newest = null;
        for (int at : SLOTS) {
            ByteBuffer slot = all.slice(start + at, SLOT);
            if (slot.getInt(SLOT_CHECKED) == Checksum.of(slot.slice(0, SLOT_CHECKED)) && slot.getLong(0) >= 0 && slot.getLong(8) >= 0
                    && (newest == null || slot.getLong(0) > newest.sequence)) {
                newest = new ReelHead(barcode(name, where), capacity, slot.getLong(0), slot.getLong(8), slot.getInt(16));
            }
        }
        if (newest == null) {
            throw Trouble.media("media.read", where, "both notes of how much is on it are damaged");
        }
        return newest;
    }

    private static Barcode barcode(byte[] name, String where) throws BackupException {
        try {
            return new Barcode(new String(name, StandardCharsets.US_ASCII).replaceFirst("\0+$", ""));
        } catch (IllegalArgumentException e) {
            throw Trouble.media("media.read", where, "its file names it wrongly: " + e.getMessage());
        }
    }
}
