package org.azekura.storagenode.cartridge.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.azekura.api.VolumeId;
import org.azekura.api.device.Position;
import org.azekura.engine.tape.BlobHead;

/** The form of a note of what lies on a cartridge. What was {@link NoteScan looked through} is sound, and is only asked for its fields afterwards. */
final class NoteForm {

    static final int HEAD = 8 + 2 + VolumeId.BYTES;
    /** Around the body of a record. */
    static final int FRAME = 2 * Integer.BYTES;
    static final int MOST_BODY = 1024;
    static final int MOST = FRAME + MOST_BODY;
    static final byte BLOB = 1;
    static final byte DELETION = 2;
    static final byte END = 3;
    static final byte CLOSED = 4;

    private static final long MAGIC = 0x415a_454b_4e4f_5445L; // "AZEKNOTE"
    private static final int VERSION = 0;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    /** In a record; behind the place of an object stands its key. */
    private static final int KIND = Integer.BYTES;
    private static final int SERIAL = KIND + 1;
    private static final int NUMBER = SERIAL + Long.BYTES;
    private static final int PAYLOAD = NUMBER + Long.BYTES;
    private static final int SIZE = PAYLOAD + Integer.BYTES;
    private static final int PLACE = SIZE + Long.BYTES;
    private static final int FIXED_PLACE = Long.BYTES + 1;

    private NoteForm() {}

    static void head(ByteBuffer to, VolumeId volume) {
        volume.write(to.putLong(MAGIC).putShort((short) VERSION));
    }

    static boolean isHead(MemorySegment note, VolumeId volume) {
        if (note.byteSize() < HEAD) {
            return false;
        }
        ByteBuffer head = note.asSlice(0, HEAD).asByteBuffer();
        return head.getLong() == MAGIC && head.getShort() == VERSION && VolumeId.read(head).equals(volume);
    }

    /** The buffer has an array, and room for {@link #MOST} bytes. */
    static void object(ByteBuffer to, Noted object) {
        int from = to.position();
        to.putInt(0).put(object.deletion() ? DELETION : BLOB).putLong(object.serial()).putLong(object.number()).putInt(object.payload()).putLong(object.size());
        place(to, object.at());
        seal(to.putShort((short) object.key().length()).put(object.key().getBytes(US_ASCII)), from);
    }

    /** Makes the objects before it count. */
    static void end(ByteBuffer to, Tail tail) {
        int from = to.position();
        to.putInt(0).put(END).putLong(tail.serial()).putLong(tail.number()).putInt(tail.blocks()).putLong(tail.bytes());
        place(to, tail.last());
        place(to, tail.end());
        seal(to, from);
    }

    /** Says that nothing comes behind the end. */
    static void closed(ByteBuffer to) {
        int from = to.position();
        seal(to.putInt(0).put(CLOSED), from);
    }

    private static void place(ByteBuffer to, Position place) {
        to.putLong(place.object()).put((byte) place.token().length()).put(place.token().getBytes(US_ASCII));
    }

    private static void seal(ByteBuffer to, int from) {
        to.putInt(from, to.position() - from - Integer.BYTES);
        CRC32C crc = new CRC32C();
        crc.update(to.array(), to.arrayOffset() + from, to.position() - from);
        to.putInt((int) crc.getValue());
    }

    /** Of the body, at the beginning of a record. */
    static int length(MemorySegment in, long at) {
        return in.get(INT, at);
    }

    static int checksum(MemorySegment in, long at) {
        return in.get(INT, at);
    }

    static byte kind(MemorySegment in, long at) {
        return in.get(ValueLayout.JAVA_BYTE, at + KIND);
    }

    static boolean isObject(MemorySegment in, long at) {
        return kind(in, at) == BLOB || kind(in, at) == DELETION;
    }

    static long size(MemorySegment in, long at) {
        return in.get(LONG, at + SIZE);
    }

    /** The count in its place. */
    static long begins(MemorySegment in, long at) {
        return in.get(LONG, at + PLACE);
    }

    static Position place(MemorySegment in, long at) {
        return position(in, at + PLACE);
    }

    private static Position position(MemorySegment in, long at) {
        return new Position(in.get(LONG, at), text(in, at + FIXED_PLACE, tokenLength(in, at)));
    }

    private static int tokenLength(MemorySegment in, long place) {
        return Byte.toUnsignedInt(in.get(ValueLayout.JAVA_BYTE, place + FIXED_PLACE - 1));
    }

    /** Where its key is, behind the length of that. */
    static long keyAt(MemorySegment in, long at) {
        return at + PLACE + FIXED_PLACE + tokenLength(in, at + PLACE) + Short.BYTES;
    }

    static int keyLength(MemorySegment in, long keyAt) {
        return Short.toUnsignedInt(in.get(SHORT, keyAt - Short.BYTES));
    }

    static String key(MemorySegment in, long at) {
        long key = keyAt(in, at);
        return text(in, key, keyLength(in, key));
    }

    static Noted object(MemorySegment in, long at) {
        return new Noted(key(in, at), kind(in, at) == DELETION, in.get(LONG, at + SERIAL), in.get(LONG, at + NUMBER), in.get(INT, at + PAYLOAD), size(in, at),
                place(in, at));
    }

    static Tail end(MemorySegment in, long at) {
        long end = at + PLACE + FIXED_PLACE + tokenLength(in, at + PLACE);
        return new Tail(in.get(LONG, at + SERIAL), in.get(LONG, at + NUMBER), in.get(INT, at + PAYLOAD), in.get(LONG, at + SIZE), place(in, at),
                position(in, end));
    }

    private static String text(MemorySegment in, long at, int length) {
        byte[] text = new byte[length];
        MemorySegment.copy(in, ValueLayout.JAVA_BYTE, at, text, 0, length);
        // Any byte that is not ASCII shall be seen and refused.
        return new String(text, ISO_8859_1);
    }

    /** Whether a record with a body of this length can be an object. */
    static boolean isPossible(MemorySegment in, long at, int length) {
        if (length < PLACE + FIXED_PLACE + Short.BYTES - KIND || keyAt(in, at) > at + KIND + length) {
            return false;
        }
        long key = keyAt(in, at);
        int keyLength = keyLength(in, key);
        if (key + keyLength > at + KIND + length || !(isPlainKey(in, key, keyLength) || BlobHead.isKey(text(in, key, keyLength)))) {
            return false;
        }
        // Its place checks itself.
        return (begins(in, at) >= 0 && tokenLength(in, at + PLACE) == 0 || place(in, at) != null)
                && Noted.isPossible(BlobHead.length(keyLength), kind(in, at) == DELETION, in.get(INT, at + PAYLOAD), size(in, at));
    }

    /** Says yes only of what {@link BlobHead#isKey} does, and takes a hundredth of the time. */
    private static boolean isPlainKey(MemorySegment in, long at, int length) {
        if (length > BlobHead.MAX_KEY) {
            return false;
        }
        int part = 0;
        for (int i = 0; i < length; i++) {
            byte c = in.get(ValueLayout.JAVA_BYTE, at + i);
            if (c == '/') {
                if (part == 0) {
                    return false;
                }
                part = 0;
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.' && part > 0) {
                if (++part > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return part > 0;
    }
}
