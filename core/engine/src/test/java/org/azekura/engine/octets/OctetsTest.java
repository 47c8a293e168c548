package org.azekura.engine.octets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;

class OctetsTest {

    @Test
    void numbersHaveTheFormOfTheGrammar() {
        Map<Long, String> forms = Map.of(0L, "00", 127L, "7f", 128L, "8100", 16_383L, "ff7f", 16_384L, "818000", Long.MAX_VALUE, "ff".repeat(8) + "7f",
                -1L, "81" + "ff".repeat(8) + "7f");
        forms.forEach((value, form) -> {
            ByteOutput out = new ByteOutput(0);
            out.uint(value);
            assertEquals(form, HexFormat.of().formatHex(out.toBytes()));
        });
    }

    @Test
    void numbersComeBack() throws BackupException {
        Random random = new Random(5);
        ByteOutput out = new ByteOutput(0);
        long[] values = random.longs(10_000).map(v -> v >> random.nextInt(64)).toArray();
        values[0] = Long.MIN_VALUE;
        values[1] = Long.MAX_VALUE;
        for (long value : values) {
            out.sint(value);
            out.uint(value & Long.MAX_VALUE);
        }
        ByteInput in = input(out.toBytes());
        for (long value : values) {
            assertEquals(value, in.sint("value"));
            assertEquals(value & Long.MAX_VALUE, in.uint(Long.MAX_VALUE, "value"));
        }
        in.end("values");
    }

    @Test
    void refusesNumbersOfASecondForm() {
        for (String form : new String[] {"80", "8001", "81" + "80".repeat(9) + "00", "82" + "80".repeat(8) + "00", "81", ""}) {
            assertThrows(BackupException.class, () -> input(HexFormat.of().parseHex(form)).uint(200, "value"), form);
        }
    }

    @Test
    void saysWhatWhereExpectedAndFound() {
        BackupException e = assertThrows(BackupException.class, () -> input(HexFormat.of().parseHex("8148")).block(100, "name"));
        assertEquals("test bytes: length of name is 200, expected at most 100", e.getMessage());
        assertEquals("test.corrupt", e.failure().code());
    }

    private static ByteInput input(byte[] bytes) {
        return new ByteInput(bytes, "test.corrupt", "test bytes");
    }
}
