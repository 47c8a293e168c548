package org.azekura.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What drivers, transports and catalog stores are compiled against is written down, and changes only together with a version that says so: the
 * minor number for what was added, the major one for what was removed or changed. Of that goes which hosts a driver package is taken by.
 */
class SpiGrowthTest {

    private static final Path WRITTEN = Path.of("src/test/resources/spi");

    @ParameterizedTest
    @ValueSource(strings = {"org.azekura.api", "org.azekura.api.device", "org.azekura.api.transport", "org.azekura.api.catalog", "org.azekura.api.driver"})
    void changesWithItsVersionOnly(String name) throws IOException {
        SpiText now = SpiText.of(name);
        Path file = WRITTEN.resolve(name + ".spi");
        boolean write = Boolean.getBoolean("azekura.spi.write");
        if (Files.exists(file)) {
            SpiText before = SpiText.parse(Files.readAllLines(file));
            assertEquals(List.of(), problems(name, before, now));
            assertTrue(write || before.equals(now), () -> name + " has another version or has grown as its version says; write that down: mvn test -pl core/api"
                    + " -Dtest=SpiGrowthTest -Dazekura.spi.write=true");
        }
        if (write) {
            Files.createDirectories(WRITTEN);
            Files.write(file, now.text());
        }
        assertTrue(Files.exists(file), () -> "nothing is written down of " + name + "; run the test with -Dazekura.spi.write=true");
    }

    /** What the version does not say. */
    private static List<String> problems(String name, SpiText before, SpiText now) {
        SortedSet<String> gone = new TreeSet<>(before.lines());
        gone.removeAll(now.lines());
        SortedSet<String> added = new TreeSet<>(now.lines());
        added.removeAll(before.lines());
        // Who has implemented it already goes on doing so.
        gone.removeIf(line -> added.contains(line.replace(": abstract ", ": default ")));
        SortedSet<String> demanded = new TreeSet<>(added);
        demanded.removeIf(line -> !asksImplementersForMore(line, before, now));
        List<String> problems = new ArrayList<>();
        int[] old = numbers(before.version());
        int[] next = numbers(now.version());
        if ((!gone.isEmpty() || !demanded.isEmpty()) && next[0] <= old[0]) {
            problems.add(name + " " + before.version() + " has lost or changed " + gone + (demanded.isEmpty() ? "" : " and asks those who implement it for " + demanded)
                    + ": keep what was there (a default method asks for nothing), or give it the version " + (old[0] + 1) + ".0.0");
        } else if (!added.isEmpty() && next[0] == old[0] && next[1] <= old[1]) {
            problems.add(name + " " + before.version() + " has got " + added + ": give it the version " + old[0] + "." + (old[1] + 1) + ".0");
        }
        return problems;
    }

    /** A new method without a body, of an interface that was there and that others implement. */
    private static boolean asksImplementersForMore(String line, SpiText before, SpiText now) {
        String type = line.substring(0, line.indexOf(line.contains(": ") ? ":" : " ="));
        return line.contains(": abstract ") && before.lines().stream().anyMatch(known -> known.startsWith(type + " = "))
                && now.lines().stream().noneMatch(known -> known.startsWith(type + " = ") && known.contains(" for providers"));
    }

    private static int[] numbers(String version) {
        String[] parts = version.split("\\.");
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }

    private static SpiText spi(String version, String... lines) {
        return new SpiText(version, new TreeSet<>(List.of(lines)));
    }

    @Test
    void tellsGrowthFromChange() {
        SpiText before = spi("0.1.0", "S = interface for consumers", "S: abstract int size()", "V = interface for providers");
        assertEquals(List.of(), problems("p", before, before));
        String said = problems("p", before, spi("0.1.0", "S = interface for consumers", "V = interface for providers")).getFirst();
        assertTrue(said.contains("[S: abstract int size()]") && said.contains("the version 1.0.0"), said);
        assertFalse(problems("p", before, spi("0.2.0", "S = interface for consumers", "V = interface for providers")).isEmpty());
        assertEquals(List.of(), problems("p", before, spi("1.0.0", "S = interface for consumers", "V = interface for providers")));
        SpiText more = spi("0.1.0", "S = interface for consumers", "S: abstract int size()", "S: default int more()", "V = interface for providers", "V: abstract int v()");
        assertTrue(problems("p", before, more).getFirst().contains("the version 0.2.0"));
        assertEquals(List.of(), problems("p", before, new SpiText("0.2.0", more.lines())));
    }

    @Test
    void aNewMethodThatDriversMustWriteIsNoGrowth() {
        SpiText before = spi("0.1.0", "S = interface for consumers", "S: abstract int size()");
        SpiText now = spi("0.2.0", "S = interface for consumers", "S: abstract int size()", "S: abstract int more()");
        assertTrue(problems("p", before, now).getFirst().contains("asks those who implement it for [S: abstract int more()]"));
        SpiText softened = spi("0.2.0", "S = interface for consumers", "S: default int size()");
        assertEquals(List.of(), problems("p", before, softened));
        SpiText another = spi("0.2.0", "S = interface for consumers", "S: abstract int size()", "T = interface for consumers", "T: abstract int t()");
        assertEquals(List.of(), problems("p", before, another));
    }
}
