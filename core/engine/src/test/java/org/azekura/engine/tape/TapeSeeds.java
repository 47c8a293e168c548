package org.azekura.engine.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.azekura.engine.Golden;

/** Blocks for tests of their decoder. */
public final class TapeSeeds {

    private TapeSeeds() {}

    public static List<byte[]> all() {
        return List.of(Golden.read("first.tapeblock"), Golden.read("deletion.tapeblock"));
    }

    /** What is taken is also what would be written. */
    public static void check(byte[] input) throws BackupException {
        ByteBuffer bytes = ByteBuffer.wrap(input);
        TapeBlock block = TapeBlock.parse(bytes, "here");
        if (block.first()) {
            BlobHead head = BlobHead.read(bytes, "here");
            ByteBuffer again = ByteBuffer.allocate(head.length());
            head.write(again);
            assertEquals(ByteBuffer.wrap(input, TapeBlock.HEADER, head.length()), again.flip());
        }
        ByteBuffer again = ByteBuffer.wrap(input.clone());
        block.seal(again);
        assertEquals(ByteBuffer.wrap(input), again);
    }

    /** Makes the checksum right. */
    public static byte[] mend(byte[] input) {
        if (input.length >= TapeBlock.HEADER) {
            CRC32C crc = new CRC32C();
            crc.update(input, 0, TapeBlock.HEADER - 4);
            crc.update(input, TapeBlock.HEADER, input.length - TapeBlock.HEADER);
            ByteBuffer.wrap(input).putInt(TapeBlock.HEADER - 4, (int) crc.getValue());
        }
        return input;
    }

    static byte[] changed(byte[] block, int at, int value) {
        byte[] changed = block.clone();
        changed[at] = (byte) value;
        return changed;
    }
}
