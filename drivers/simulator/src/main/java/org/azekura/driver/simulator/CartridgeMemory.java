package org.azekura.driver.simulator;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.azekura.api.device.Drive.Description;

/** What the memory of a cartridge says of it; the package's Javadoc has the grammar. */
final class CartridgeMemory {

    static final int AT = 2048;
    static final int BYTES = 2048;
    private static final int CHECKED = BYTES - 4;
    private static final int[] MOST = {8, 32, 8, 160, 32, 160};

    private CartridgeMemory() {}

    static ByteBuffer encode(Description description) {
        ByteBuffer all = ByteBuffer.allocate(BYTES);
        String[] texts = {description.vendor(), description.application(), description.version(), description.label(), description.barcode(), description.pool()};
        for (int i = 0; i < texts.length; i++) {
            byte[] text = texts[i].getBytes(StandardCharsets.UTF_8);
            int length = whole(text, MOST[i]);
            all.putShort((short) length).put(text, 0, length);
        }
        return all.putInt(CHECKED, Checksum.of(all.slice(0, CHECKED))).clear();
    }

    /** How many of these bytes fit without cutting a character in two. */
    private static int whole(byte[] bytes, int most) {
        int length = Math.min(bytes.length, most);
        while (length < bytes.length && length > 0 && (bytes[length] & 0xc0) == 0x80) {
            length--;
        }
        return length;
    }

    /** Empty if there is nothing, or what there is has not its checksum. */
    static Optional<Description> decode(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        if (bytes.length != BYTES || Arrays.equals(bytes, new byte[BYTES]) || all.getInt(CHECKED) != Checksum.of(all.slice(0, CHECKED))) {
            return Optional.empty();
        }
        String[] texts = new String[MOST.length];
        try {
            for (int i = 0; i < texts.length; i++) {
                byte[] text = new byte[Math.min(MOST[i], Short.toUnsignedInt(all.getShort()))];
                all.get(text);
                texts[i] = new String(text, StandardCharsets.UTF_8);
            }
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
        return Optional.of(new Description(texts[0], texts[1], texts[2], texts[3], texts[4], texts[5]));
    }
}
