package org.azekura.driver.tape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.azekura.api.BackupException;
import org.azekura.api.device.Drive.Description;
import org.azekura.driver.tape.scsi.Direction;

/**
 * The memory in a cartridge (SPC-4, READ ATTRIBUTE and WRITE ATTRIBUTE, 6.48 and 7.4: attributes in ascending order, texts of the standard lengths, ASCII filled up with
 * blanks). The numbers of the attributes and their lengths are those of HP's LTO Technical Reference and of IBM's LTFS. One thread at a time.
 */
final class Memory {

    private static final int READ_ATTRIBUTE = 0x8c;
    private static final int WRITE_ATTRIBUTE = 0x8d;
    private static final int WRITE_THROUGH = 1;
    private static final int LENGTH = 8192;
    private static final int ASCII = 1;
    private static final int TEXT = 2;
    private static final int CHARACTERS = 0x0805;
    private static final byte UTF_8 = (byte) 0x81;

    /** One that applications write. */
    private enum Field {
        VENDOR(0x0800, ASCII, 8), APPLICATION(0x0801, ASCII, 32), VERSION(0x0802, ASCII, 8), LABEL(0x0803, TEXT, 160), BARCODE(0x0806, ASCII, 32),
        POOL(0x0808, TEXT, 160);

        private final int number;
        private final int format;
        private final int length;

        Field(int number, int format, int length) {
            this.number = number;
            this.format = format;
            this.length = length;
        }
    }

    private final SpcDevice device;

    Memory(SpcDevice device) {
        this.device = device;
    }

    boolean isWritten() {
        return device.operations().has(WRITE_ATTRIBUTE, false);
    }

    /** All that it says, by the numbers of attributes. */
    Map<Integer, byte[]> read() throws BackupException {
        Cdb cdb = Cdb.of(16, READ_ATTRIBUTE, Direction.IN).with32(10, LENGTH);
        return device.optional(cdb, LENGTH).map(Memory::attributes).orElse(Map.of());
    }

    static Map<Integer, byte[]> attributes(byte[] bytes) {
        Map<Integer, byte[]> all = new TreeMap<>();
        if (bytes.length < 4) {
            return all;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long end = Math.min(bytes.length, 4 + Integer.toUnsignedLong(in.getInt(0)));
        for (int at = 4; at + 5 <= end;) {
            int length = Short.toUnsignedInt(in.getShort(at + 3));
            if (at + 5 + length > end) {
                break;
            }
            byte[] value = new byte[length];
            in.get(at + 5, value);
            all.put(Short.toUnsignedInt(in.getShort(at)), value);
            at += 5 + length;
        }
        return all;
    }

    void write(byte[] list) throws BackupException {
        Cdb cdb = Cdb.of(16, WRITE_ATTRIBUTE, Direction.OUT).with(1, WRITE_THROUGH).with32(10, list.length);
        device.require(cdb, ByteBuffer.wrap(list), Doing.WRITING);
    }

    static byte[] list(Description description) {
        ByteBuffer list = ByteBuffer.allocate(1024).position(4);
        put(list, Field.VENDOR, description.vendor());
        put(list, Field.APPLICATION, description.application());
        put(list, Field.VERSION, description.version());
        put(list, Field.LABEL, description.label());
        list.putShort((short) CHARACTERS).put((byte) 0).putShort((short) 1).put(UTF_8);
        put(list, Field.BARCODE, description.barcode());
        put(list, Field.POOL, description.pool());
        list.putInt(0, list.position() - 4);
        return Arrays.copyOf(list.array(), list.position());
    }

    private static void put(ByteBuffer list, Field field, String text) {
        boolean isAscii = field.format == ASCII;
        byte[] value = new byte[field.length];
        if (isAscii) {
            Arrays.fill(value, (byte) ' ');
        }
        byte[] bytes = isAscii ? text.replaceAll("[^ -~]", "?").getBytes(StandardCharsets.US_ASCII) : text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, value, 0, whole(bytes, field.length));
        list.putShort((short) field.number).put((byte) field.format).putShort((short) field.length).put(value);
    }

    /** How many of these bytes fit without cutting a character in two. */
    private static int whole(byte[] bytes, int most) {
        int length = Math.min(bytes.length, most);
        while (length < bytes.length && length > 0 && (bytes[length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }

    static Optional<Description> description(Map<Integer, byte[]> attributes) {
        String application = text(attributes, Field.APPLICATION);
        return application.isEmpty() ? Optional.empty() : Optional.of(new Description(text(attributes, Field.VENDOR), application, text(attributes, Field.VERSION),
                text(attributes, Field.LABEL), text(attributes, Field.BARCODE), text(attributes, Field.POOL)));
    }

    private static String text(Map<Integer, byte[]> attributes, Field field) {
        byte[] value = attributes.getOrDefault(field.number, new byte[0]);
        String text = new String(value, field.format == ASCII ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8);
        return text.replaceFirst("\0.*", "").strip();
    }
}
