package org.azekura.testkit.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.azekura.api.BackupException;
import org.junit.jupiter.api.Test;

/** A decoder with one fault each, and whether it is found. */
class FuzzingTest {

    private static final List<byte[]> SEEDS = List.of(new byte[] {0, 0, 0, 3, 'a', 'b', 'c'});

    private static void fails(String how, Target.Check check) {
        AssertionError e = assertThrows(AssertionError.class, () -> Fuzzing.run(Target.of("decoder", "x.corrupt", SEEDS, check), 20_000));
        assertTrue(e.getMessage().contains(how) && e.getMessage().contains("-Dseed="), e.getMessage());
    }

    private static int length(byte[] input) throws BackupException {
        if (input.length < 4) {
            throw BackupException.corrupt("x.corrupt", "", "too short");
        }
        return ByteBuffer.wrap(input).getInt();
    }

    @Test
    void aDecoderThatChecksItsLengthsPasses() {
        Fuzzing.run(Target.of("decoder", "x.corrupt", SEEDS, input -> {
            int length = length(input);
            if (length < 0 || length > input.length - 4) {
                throw BackupException.corrupt("x.corrupt", "", "length " + length);
            }
            assertEquals(length, new byte[length].length);
        }), 20_000);
    }

    @Test
    void anUncheckedLengthIsFoundByWhatItAllocates() {
        fails("allocates", input -> {
            int length = length(input);
            if (length < 0 || length > 1 << 24) {
                throw BackupException.corrupt("x.corrupt", "", "length " + length);
            }
            if (new byte[length].length > input.length) {
                throw BackupException.corrupt("x.corrupt", "", "length " + length);
            }
        });
    }

    @Test
    void anUncheckedExceptionIsFound() {
        fails("NegativeArraySizeException", input -> {
            int length = length(input);
            assertEquals(length, new byte[Math.min(length, 100)].length == 100 ? length : Math.min(length, 100));
        });
    }

    @Test
    void anUnknownCodeIsFound() {
        fails("y.corrupt", input -> {
            if (length(input) != 3) {
                throw BackupException.corrupt("y.corrupt", "", "no");
            }
        });
    }

    @Test
    void endlessWorkIsFound() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        fails("computes", input -> {
            long end = threads.getCurrentThreadCpuTime() + (length(input) == 3 ? 0 : 2_100_000_000L);
            while (threads.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
        });
    }

    @Test
    void aMendedChecksumLetsTheFaultBehindItShow() {
        byte[] seed = mend(new byte[] {1, 2, 3, 4, 5, 0, 0, 0, 0});
        Target target = Target.of("decoder", "x.corrupt", List.of(seed), input -> {
            byte[] whole = mend(input.clone());
            if (input.length < 5 || !Arrays.equals(whole, input)) {
                throw BackupException.corrupt("x.corrupt", "", "checksum");
            }
            if (input[0] > 64) {
                throw new IllegalStateException("the fault behind");
            }
        });
        Fuzzing.run(target, 20_000);
        AssertionError e = assertThrows(AssertionError.class, () -> Fuzzing.run(target.mended(FuzzingTest::mend), 20_000));
        assertTrue(e.getMessage().contains("the fault behind"), e.getMessage());
    }

    private static byte[] mend(byte[] input) {
        if (input.length >= 4) {
            CRC32C crc = new CRC32C();
            crc.update(input, 0, input.length - 4);
            ByteBuffer.wrap(input).putInt(input.length - 4, (int) crc.getValue());
        }
        return input;
    }

    @Test
    void oneInputServesAllTargets() {
        int[] seen = new int[2];
        List<Target> targets = List.of(Target.of("a", "x", SEEDS, input -> seen[0]++), Target.of("b", "x", SEEDS, input -> seen[1]++));
        Fuzzing.seeds(targets).forEach(input -> Fuzzing.any(targets, input));
        Fuzzing.any(targets, new byte[0]);
        assertEquals(1, seen[0]);
        assertEquals(1, seen[1]);
    }
}
