package org.azekura.driver.tape.replay;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;

/** Data of one transfer as a recording keeps them. */
sealed interface Content {

    int MOST = 16 << 20;
    int MOST_KEPT = 4096;

    int length();

    /** @param head the first bytes; the others are zeros */
    record Kept(int length, byte[] head) implements Content {}

    /** Too many to be kept. */
    record Summed(int length, int checksum) implements Content {}

    record Secret(int length) implements Content {}

    /** Of what remains in the buffer, whose position stays. */
    static Content of(ByteBuffer data) {
        int length = data.remaining();
        if (length > MOST_KEPT) {
            return new Summed(length, checksum(data));
        }
        byte[] all = new byte[length];
        data.get(data.position(), all);
        while (length > 0 && all[length - 1] == 0) {
            length--;
        }
        return new Kept(all.length, Arrays.copyOf(all, length));
    }

    private static int checksum(ByteBuffer data) {
        CRC32C crc = new CRC32C();
        crc.update(data.duplicate());
        return (int) crc.getValue();
    }

    /** Whether these bytes can be what was recorded. */
    default boolean fits(ByteBuffer data) {
        return switch (this) {
            case Kept kept -> of(data) instanceof Kept other && other.length == kept.length && Arrays.equals(other.head, kept.head);
            case Summed summed -> summed.equals(of(data));
            case Secret secret -> secret.length == data.remaining();
        };
    }

    default String text() {
        return switch (this) {
            case Kept kept -> kept.length + (kept.head.length == 0 ? "" : " " + HexFormat.of().formatHex(kept.head));
            case Summed summed -> summed.length + " crc32c " + HexFormat.of().toHexDigits(summed.checksum);
            case Secret secret -> secret.length + " secret";
        };
    }

    /** @throws BackupException {@code recording.damaged} */
    static Content parse(Words words) throws BackupException {
        int length = words.number(0, MOST);
        if (words.take("secret")) {
            return new Secret(length);
        }
        if (words.take("crc32c")) {
            byte[] checksum = words.hex(Integer.BYTES);
            words.require(checksum.length == Integer.BYTES, "a checksum has 8 digits");
            return new Summed(length, ByteBuffer.wrap(checksum).getInt());
        }
        byte[] head = words.isHex() ? words.hex(Math.min(length, MOST_KEPT)) : new byte[0];
        words.require(head.length == 0 || head[head.length - 1] != 0, "zeros at the end are not written");
        words.require(length <= MOST_KEPT, "so many bytes are not kept");
        return new Kept(length, head);
    }
}
