package org.azekura.engine.tape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/**
 * What the payload of an object's first block begins with.
 *
 * @param key  name of the blob
 * @param size of its content in bytes; 0 in a deletion
 */
public record BlobHead(String key, long size) {

    /** Characters of the longest key. */
    public static final int MAX_KEY = 512;
    private static final int FIXED = Short.BYTES + Long.BYTES;
    private static final String PART = "(?!\\.{1,2}(?:/|$))[a-z0-9._-]{1,255}";
    private static final Pattern KEY = Pattern.compile("(?!\\.tmp(?:/|$))" + PART + "(?:/" + PART + ")*");

    /** @throws IllegalArgumentException if there can't be such a blob */
    public BlobHead {
        if (!isKey(key) || size < 0) {
            throw new IllegalArgumentException("no blob is called \"" + key + "\" and has " + size + " bytes");
        }
    }

    /** Whether a blob on a cartridge can be called so: by a rule of its own, for what is on media stays. */
    public static boolean isKey(String text) {
        return text.length() <= MAX_KEY && KEY.matcher(text).matches();
    }

    /** Its length on the cartridge in bytes. */
    public int length() {
        return length(key.length());
    }

    /** The same by the length of the key. */
    public static int length(int key) {
        return FIXED + key;
    }

    /** Writes {@link #length} bytes at the buffer's position. */
    public void write(ByteBuffer to) {
        to.putShort((short) key.length()).put(key.getBytes(StandardCharsets.US_ASCII)).putLong(size);
    }

    /**
     * Reads it at the buffer's position, which is at the content then.
     *
     * @param where as for {@link TapeBlock#parse}
     * @throws BackupException {@value TapeBlock#CORRUPT}
     */
    public static BlobHead read(ByteBuffer payload, String where) throws BackupException {
        int length = payload.remaining() < FIXED ? -1 : payload.getShort() & 0xffff;
        if (length < 1 || length > MAX_KEY || length > payload.remaining() - Long.BYTES) {
            throw TapeBlock.corrupt(where, "a name of " + length + " bytes in a payload with " + payload.remaining() + " more");
        }
        byte[] key = new byte[length];
        payload.get(key);
        long size = payload.getLong();
        // Latin 1, for any byte that is not ASCII shall be seen and refused.
        String text = new String(key, StandardCharsets.ISO_8859_1);
        if (!isKey(text) || size < 0) {
            throw TapeBlock.corrupt(where, "a blob called \"" + text + "\" of " + size + " bytes");
        }
        return new BlobHead(text, size);
    }
}
