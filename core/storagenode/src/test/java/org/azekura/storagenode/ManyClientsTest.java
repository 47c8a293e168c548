package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thirty clients at once on one node, all of them and the server in a heap of the appliance's size. */
@Timeout(300)
class ManyClientsTest {

    private static final int CLIENTS = 30;

    @TempDir
    Path dir;

    @Test
    void thirtyClientsAreServedFairlyInTheAppliancesHeap() throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
                "-Dslf4j.internal.verbosity=ERROR", "-cp", System.getProperty("java.class.path"), Crowd.class.getName(), dir.toString(),
                Integer.toString(CLIENTS)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            List<String> said = child.inputReader().lines().toList();
            assertEquals(0, child.waitFor(), said::toString);
            Map<String, String> figures = new TreeMap<>();
            said.forEach(line -> figures.put(line.split(" ")[0], line));
            assertTrue(figures.containsKey("done"), said::toString);
            String[] shares = figures.get("shares").split(" ");
            assertTrue(Integer.parseInt(shares[3]) > 10, () -> "hardly ever were all under way at once: " + said);
            assertTrue(Double.parseDouble(shares[1]) >= 0.5, () -> "somebody had less than half of what most had: " + said);
            System.out.println(said);
        } finally {
            child.destroyForcibly();
        }
    }
}
