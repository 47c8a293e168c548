package org.azekura.engine.octets;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.azekura.api.ChunkId;

/** A growing array of bytes; the forms are those of the package's grammar. One thread. */
public final class ByteOutput {

    private byte[] bytes;
    private int size;

    public ByteOutput(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    public int size() {
        return size;
    }

    /** Drops everything behind this size. */
    public void truncate(int to) {
        size = Math.min(size, to);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    public void u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    public void flag(boolean value) {
        u8(value ? 1 : 0);
    }

    public void u32(int value) {
        fixed(value, 4);
    }

    public void u64(long value) {
        fixed(value, 8);
    }

    private void fixed(long value, int width) {
        room(width);
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** @param value read as unsigned */
    public void uint(long value) {
        room(10);
        int groups = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
        for (int group = groups - 1; group > 0; group--) {
            bytes[size++] = (byte) (value >>> 7 * group | 0x80);
        }
        bytes[size++] = (byte) (value & 0x7f);
    }

    public void sint(long value) {
        uint(value << 1 ^ value >> 63);
    }

    public void raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    public void block(byte[] value) {
        uint(value.length);
        raw(value);
    }

    /** A block of what another output holds; spares a copy. */
    public void block(ByteOutput value) {
        uint(value.size);
        append(value);
    }

    public void append(ByteOutput value) {
        room(value.size);
        System.arraycopy(value.bytes, 0, bytes, size, value.size);
        size += value.size;
    }

    public void text(String value) {
        block(value.getBytes(StandardCharsets.UTF_8));
    }

    public void time(Instant value) {
        sint(value.getEpochSecond());
        uint(value.getNano());
    }

    public void chunk(ChunkId id) {
        fixed(id.a(), 8);
        fixed(id.b(), 8);
        fixed(id.c(), 8);
        fixed(id.d(), 8);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
