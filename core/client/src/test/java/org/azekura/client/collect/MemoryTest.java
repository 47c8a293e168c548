package org.azekura.client.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What the client's part of a backup needs, by the number of entries: a process of its own, with 64 MiB of heap. */
class MemoryTest {

    private static final long MIB = 1 << 20;
    private static final long RESIDENT = 256 * MIB;
    private static final long GROWTH = 16 * MIB;

    @TempDir
    Path dir;

    /** @param peak most that was resident in the first of both; {@code own}: what is no mapped file, at the end */
    private record Measured(long entries, long peak, long own, long again, long peakAgain, long ownAgain, long millis, long millisAgain) {}

    private List<Measured> run(String... counts) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC", "-Xms64m", "-Xmx64m", "-cp", System.getProperty("java.class.path"), Generated.class.getName(), dir.toString()));
        command.addAll(Arrays.asList(counts));
        Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<Measured> measured = new ArrayList<>();
        try (var lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long[] n = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
                measured.add(new Measured(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]));
                System.out.printf("client alone: %,d entries: peak %d MiB, own %d MiB, %d ms; unchanged: own %d MiB, %d ms%n", n[0], n[1] / MIB, n[2] / MIB, n[6],
                        n[5] / MIB, n[7]);
            }
        } finally {
            child.destroyForcibly();
        }
        assertEquals(counts.length, measured.size(), "the client ended early");
        for (int i = 0; i < counts.length; i++) {
            assertEquals(Long.parseLong(counts[i]), measured.get(i).entries);
            assertEquals(Long.parseLong(counts[i]), measured.get(i).again);
        }
        return measured;
    }

    @Test
    void aHundredThousandEntriesStayWithinTheBound() throws Exception {
        Measured measured = run("100000").getFirst();
        assertTrue(measured.peak <= RESIDENT, measured::toString);
    }

    /** The mapped cache of the last snapshot counts as resident while it is read, though the kernel may drop it: so what is not mapped is compared there. */
    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void tenMillionEntriesTakeNoMoreThanAHundredThousand() throws Exception {
        // The first time is that of the compiler.
        List<Measured> measured = run("100000", "100000", "1000000", "10000000");
        Measured first = measured.get(1);
        for (Measured later : measured.subList(1, measured.size())) {
            assertTrue(later.peak <= RESIDENT && later.ownAgain <= RESIDENT, later::toString);
            assertTrue(later.peak - first.peak <= GROWTH, measured::toString);
            assertTrue(later.ownAgain - first.ownAgain <= GROWTH, measured::toString);
        }
    }
}
