package org.azekura.storagenode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Thirty clients at once on one node, all of them and the server in the heap that a whole appliance has. */
class ManyClientsTest {

    private static final int CLIENTS = 30;

    @TempDir
    Path dir;

    /** @return what it said, by the first word */
    private Map<String, String> crowd(int files) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Xmx384m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
                "-Dslf4j.internal.verbosity=ERROR", "-cp", System.getProperty("java.class.path"), Crowd.class.getName(), dir.toString(),
                Integer.toString(CLIENTS), Integer.toString(files)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            List<String> said = child.inputReader().lines().toList();
            assertEquals(0, child.waitFor(), said::toString);
            Map<String, String> figures = new TreeMap<>();
            said.forEach(line -> figures.put(line.split(" ")[0], line));
            assertTrue(figures.containsKey("done"), said::toString);
            System.out.println(said);
            return figures;
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    @Timeout(300)
    void thirtyClientsAreServedInTheHeapOfAnAppliance() throws Exception {
        crowd(48);
    }

    /** What is sent comes in segments: shares say something only where there are many. */
    @Test
    @Timeout(1800)
    @EnabledIfSystemProperty(named = "azekura.slow", matches = "true")
    void nobodyFallsFarBehindWhatMostHave() throws Exception {
        String[] shares = crowd(400).get("shares").split(" ");
        assertTrue(Integer.parseInt(shares[3]) > 10, "hardly ever were all under way at once");
        // Measured 0.49 beside much other work, of which a segment of 3 MiB is up to a third.
        assertTrue(Double.parseDouble(shares[1]) >= 0.4, "somebody had less than two fifths of what most had");
    }
}
