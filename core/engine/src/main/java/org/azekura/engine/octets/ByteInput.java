package org.azekura.engine.octets;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.format.FormatVersion;

/**
 * Reads bytes that nobody vouches for, in the forms of the package's grammar. Every length is checked against what is left
 * before anything is allocated; whatever is wrong is a {@link BackupException} of kind CORRUPT with the given code. One thread.
 */
public final class ByteInput {

    private final byte[] bytes;
    private final int end;
    private final String code;
    private final String subject;
    private int at;

    /**
     * @param code    of the failures
     * @param subject what these bytes are, for the messages: {@code tree page 03ab…}
     */
    public ByteInput(byte[] bytes, String code, String subject) {
        this(bytes, 0, bytes.length, code, subject);
    }

    private ByteInput(byte[] bytes, int at, int end, String code, String subject) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
        this.code = code;
        this.subject = subject;
    }

    public int remaining() {
        return end - at;
    }

    /**
     * Reads magic and version of bytes whose checksum, signature or seal was found good.
     *
     * @throws BackupException {@link FormatVersion#CODE} if it is another version
     */
    public void begin(int magic, int version) throws BackupException {
        int foundMagic = u32("magic");
        if (foundMagic != magic) {
            throw corrupt("begins with %08x, expected %08x".formatted(foundMagic, magic));
        }
        int foundVersion = u8("version");
        if (foundVersion != version) {
            throw FormatVersion.other(subject, "", foundVersion, version);
        }
    }

    /** Reads a version; another one is as good as damage to who needs this page. */
    public void version(int version) throws BackupException {
        int found = u8("version");
        if (found != version) {
            throw corrupt(FormatVersion.message(found, version));
        }
    }

    public int u8(String what) throws BackupException {
        need(1, what);
        return bytes[at++] & 0xff;
    }

    public boolean flag(String what) throws BackupException {
        int value = u8(what);
        if (value > 1) {
            throw corrupt(what + " is " + value + ", expected 0 or 1");
        }
        return value == 1;
    }

    public int u32(String what) throws BackupException {
        return (int) fixed(4, what);
    }

    public long u64(String what) throws BackupException {
        return fixed(8, what);
    }

    private long fixed(int width, String what) throws BackupException {
        need(width, what);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }

    /** A number from 0 to {@code max}, which is not negative. */
    public long uint(long max, String what) throws BackupException {
        long value = uint(what);
        if (value < 0 || value > max) {
            throw corrupt(what + " is " + Long.toUnsignedString(value) + ", expected at most " + max);
        }
        return value;
    }

    public long sint(String what) throws BackupException {
        long zigzag = uint(what);
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    private long uint(String what) throws BackupException {
        int group = u8(what);
        if (group == 0x80) {
            throw corrupt(what + " begins with an empty group");
        }
        long value = group & 0x7f;
        while (group >= 0x80) {
            if (value >>> 57 != 0) {
                throw corrupt(what + " has more than 64 bits");
            }
            group = u8(what);
            value = value << 7 | group & 0x7f;
        }
        return value;
    }

    public byte[] raw(int length, String what) throws BackupException {
        need(length, what);
        byte[] value = new byte[length];
        System.arraycopy(bytes, at, value, 0, length);
        at += length;
        return value;
    }

    public byte[] block(int max, String what) throws BackupException {
        return raw(blockLength(max, what), what);
    }

    /** A block as an input of its own, over the same array. */
    public ByteInput part(String what) throws BackupException {
        int length = blockLength(remaining(), what);
        need(length, what);
        ByteInput part = new ByteInput(bytes, at, at + length, code, subject);
        at += length;
        return part;
    }

    public String text(int max, String what) throws BackupException {
        int length = blockLength(max, what);
        need(length, what);
        try {
            String value = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
            at += length;
            return value;
        } catch (CharacterCodingException e) {
            throw corrupt(what + " is not UTF-8");
        }
    }

    public Instant time(String what) throws BackupException {
        long seconds = sint(what);
        long nanos = uint(999_999_999, what + " nanoseconds");
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            throw corrupt(what + " lies " + seconds + " s from 1970");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    public ChunkId chunk(String what) throws BackupException {
        need(ChunkId.BYTES, what);
        ChunkId id = ChunkId.read(ByteBuffer.wrap(bytes, at, ChunkId.BYTES));
        at += ChunkId.BYTES;
        return id;
    }

    /** A number of items that take at least {@code itemBytes} each: never more than there can be. */
    public int count(int itemBytes, String what) throws BackupException {
        long count = uint(Integer.MAX_VALUE, what);
        if (count * itemBytes > remaining()) {
            throw corrupt(what + " is " + count + ", but only " + remaining() + " bytes follow");
        }
        return (int) count;
    }

    /** @throws BackupException if anything is left */
    public void end(String what) throws BackupException {
        if (at != end) {
            throw corrupt(what + " has " + (end - at) + " bytes too many");
        }
    }

    public BackupException corrupt(String what) {
        return BackupException.corrupt(code, subject, subject + ": " + what);
    }

    private int blockLength(int max, String what) throws BackupException {
        return (int) uint(max, "length of " + what);
    }

    private void need(int length, String what) throws BackupException {
        if (length < 0 || length > end - at) {
            throw corrupt(what + " needs " + length + " bytes, found " + (end - at));
        }
    }
}
