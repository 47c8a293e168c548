package org.azekura.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A path or file name as the file system has it: bytes, not text. Compared and hashed by content. The array is not
 * copied: nobody writes into it once it is wrapped.
 */
public record RawPath(byte[] bytes) implements Comparable<RawPath> {

    public static RawPath of(String text) {
        return new RawPath(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The path from its percent form: {@code %XX} is a byte, everything else stands for its UTF-8 bytes.
     *
     * @throws IllegalArgumentException if a {@code %} is not followed by two hexadecimal digits
     */
    public static RawPath fromPercent(String text) {
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                out.put(in[i]);
                continue;
            }
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException("% must be followed by two hexadecimal digits in \"" + text + "\"");
            }
            out.put((byte) (high << 4 | low));
            i += 2;
        }
        return new RawPath(Arrays.copyOf(out.array(), out.position()));
    }

    /** The percent form: bytes that are not printable UTF-8, and {@code %} itself, as {@code %XX}. */
    public String toPercent() {
        StringBuilder out = new StringBuilder(bytes.length + 8);
        String text = utf8();
        if (text == null) {
            for (byte b : bytes) {
                if (b > 0x20 && b < 0x7f && b != '%') {
                    out.append((char) b);
                } else {
                    percent(out, b);
                }
            }
            return out.toString();
        }
        text.codePoints().forEach(c -> {
            if (c == '%' || Character.isISOControl(c)) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    percent(out, b);
                }
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static void percent(StringBuilder out, byte b) {
        out.append('%').append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
    }

    /** The text if the bytes are UTF-8, else null. */
    public String utf8() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Whether it is one name that a file can have: 1 to 255 bytes, no slash, no zero byte, neither {@code .} nor {@code ..}. */
    public boolean isName() {
        for (byte b : bytes) {
            if (b == '/' || b == 0) {
                return false;
            }
        }
        boolean dots = bytes.length <= 2 && (bytes.length == 0 || bytes[0] == '.' && bytes[bytes.length - 1] == '.');
        return !dots && bytes.length <= 255;
    }

    /** This path, a slash (unless it ends with one or is empty), and a name below it. */
    public RawPath child(byte[] name) {
        boolean slash = bytes.length > 0 && bytes[bytes.length - 1] != '/';
        byte[] joined = Arrays.copyOf(bytes, bytes.length + (slash ? 1 : 0) + name.length);
        if (slash) {
            joined[bytes.length] = '/';
        }
        System.arraycopy(name, 0, joined, joined.length - name.length, name.length);
        return new RawPath(joined);
    }

    /** What stands between slashes, without empty ones. */
    public List<byte[]> names() {
        List<byte[]> names = new ArrayList<>();
        for (int from = 0, i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                if (i > from) {
                    names.add(Arrays.copyOfRange(bytes, from, i));
                }
                from = i + 1;
            }
        }
        return names;
    }

    /** Order of the bytes, unsigned. */
    @Override
    public int compareTo(RawPath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof RawPath other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people and logs: the text if it is UTF-8 without control characters, else the percent form. */
    @Override
    public String toString() {
        String text = utf8();
        return text != null && text.codePoints().noneMatch(Character::isISOControl) ? text : toPercent();
    }
}
