package org.azekura.storagenode.cartridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a node needs to serve a pool of many full cartridges, by the number of blobs: a process of its own, with the heap of one. */
@Timeout(600)
class HeapTest {

    @TempDir
    Path dir;

    /** @param heap what stays on it, KiB; {@code own}: memory of the process that is no file, KiB; {@code cpu}: ms */
    private record Measured(long count, long heap, long own, long cpu) {}

    private Map<String, Measured> run(String heap, int cartridges, int blobs) throws Exception {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=" + (cartridges * blobs > 1_000_000 ? 4 : 1), "-Xmx" + heap, "-cp", System.getProperty("java.class.path"),
                ManyCartridges.class.getName(), dir.toString(), Integer.toString(cartridges), Integer.toString(blobs));
        Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Map<String, Measured> measured = new TreeMap<>();
        List<String> said = new ArrayList<>();
        try (var lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                String[] n = line.split(" ");
                measured.put(n[0], new Measured(Long.parseLong(n[1]), Long.parseLong(n[2]), Long.parseLong(n[3]), Long.parseLong(n[4])));
            }
        } finally {
            child.destroyForcibly();
        }
        System.out.println(cartridges + " cartridges of " + blobs + " blobs: what was done, how many, heap KiB, own KiB, CPU ms in all: " + said);
        assertEquals(0, child.waitFor());
        assertTrue(measured.containsKey("written"), said::toString);
        return measured;
    }

    /** They would need three times as much if each was on the heap. */
    @Test
    void blobsOfFullCartridgesAreNotOnTheHeap() throws Exception {
        run("32m", 20, 20_000);
    }

    @Test
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void twentyFullCartridgesAreServedWithTheHeapThatANodeHas() throws Exception {
        Map<String, Measured> measured = run("192m", 20, 400_000);
        assertTrue(measured.get("written").heap < 64 << 10, measured::toString);
        // 11 bytes a blob beside the heap.
        assertTrue(measured.get("written").own < 350 << 10, measured::toString);
    }
}
