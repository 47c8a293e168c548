package org.azekura.storagenode.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.fuzz.Fuzzing;
import org.azekura.testkit.fuzz.Target;
import org.junit.jupiter.api.Test;

class DamageMarkFuzzTest {

    private static final PackId PACK = new PackId(1, 2);

    @Test
    void aMarkIsTakenInOneFormOrRefused() {
        List<byte[]> seeds = List.of(new DamageMark(PACK, true, List.of(new ChunkId(1, 2, 3, 4))).encoded(),
                new DamageMark(PACK, true, List.of(new ChunkId(1, 2, 3, 4), new ChunkId(5, 6, 7, 8))).encoded());
        Fuzzing.run(Target.of("damage mark", "mark.corrupt", seeds,
                input -> assertArrayEquals(input, DamageMark.parse(PACK, ByteBuffer.wrap(input)).encoded())).mended(DamageMarkFuzzTest::mend),
                Seeds.slow() ? 1_000_000 : 10_000);
    }

    private static byte[] mend(byte[] input) {
        if (input.length > Integer.BYTES) {
            CRC32C crc = new CRC32C();
            crc.update(input, 0, input.length - Integer.BYTES);
            ByteBuffer.wrap(input).putInt(input.length - Integer.BYTES, (int) crc.getValue());
        }
        return input;
    }
}
