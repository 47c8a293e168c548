package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.azekura.api.device.Drive.Signpost;

/**
 * The attribute in which applications keep where on a cartridge lies what says most of it (SSC-4, volume coherency information, 080Ch). Its form is that in which LTFS writes it: the length of the
 * volume change reference and that, how often it was written, where it lies, and with its length what the application adds: here a name, a zero, and which volume it is of.
 */
final class Coherency {

    private static final int NUMBER = 0x080c;
    /** Of the medium: changes with what is written on it. */
    private static final int CHANGE_REFERENCE = 0x0009;
    private static final int LENGTH = 70;
    private static final byte[] NAME = "AZEKURA\0".getBytes(StandardCharsets.US_ASCII);
    private static final int COUNT_AT = 1 + Long.BYTES;
    private static final int PLACE_AT = COUNT_AT + Long.BYTES;
    private static final int ADDED_AT = PLACE_AT + Long.BYTES;

    private Coherency() {}

    /** @param before all that the memory says */
    static byte[] list(Signpost signpost, Map<Integer, byte[]> before) {
        byte[] of = signpost.of().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer list = ByteBuffer.allocate(4 + 5 + LENGTH);
        list.putInt(5 + LENGTH).putShort((short) NUMBER).put((byte) 0).putShort((short) LENGTH);
        list.put((byte) Long.BYTES).putLong(number(before.getOrDefault(CHANGE_REFERENCE, new byte[0])));
        list.putLong(1 + value(before).map(value -> value.getLong(COUNT_AT)).orElse(0L)).putLong(signpost.object());
        list.putShort((short) (LENGTH - ADDED_AT - 2)).put(NAME).put(of, 0, Math.min(of.length, Signpost.MOST));
        return list.array();
    }

    private static long number(byte[] bytes) {
        long number = 0;
        for (byte one : Arrays.copyOfRange(bytes, Math.max(0, bytes.length - Long.BYTES), bytes.length)) {
            number = number << 8 | one & 0xff;
        }
        return number;
    }

    /** Empty if others wrote it last, or nobody. */
    static Optional<Signpost> signpost(Map<Integer, byte[]> attributes) {
        return value(attributes).filter(value -> value.getLong(PLACE_AT) >= 0)
                .map(value -> new Signpost(text(value.array(), ADDED_AT + 2 + NAME.length), value.getLong(PLACE_AT)));
    }

    private static Optional<ByteBuffer> value(Map<Integer, byte[]> attributes) {
        byte[] value = attributes.getOrDefault(NUMBER, new byte[0]);
        boolean ours = value.length == LENGTH && value[0] == Long.BYTES
                && Arrays.equals(value, ADDED_AT + 2, ADDED_AT + 2 + NAME.length, NAME, 0, NAME.length);
        return ours ? Optional.of(ByteBuffer.wrap(value)) : Optional.empty();
    }

    private static String text(byte[] value, int from) {
        return new String(value, from, Math.min(Signpost.MOST, value.length - from), StandardCharsets.US_ASCII).replaceFirst("(?s)\0.*", "").strip();
    }
}
