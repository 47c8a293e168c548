package org.azekura.installer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.azekura.api.driver.InstalledDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a process was doing when it was killed: the next one runs the version before or the one after, and nothing half lies about. */
@Timeout(300)
class KilledInstallerIT {

    @TempDir Path dir;

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private interface Change {
        void run(InstallerBench bench) throws Exception;
    }

    /** Kills the change before its first touch of the disk, before its second… until it comes through. @return versions seen afterwards */
    private Set<String> everyPoint(Change before, Change change) throws Exception {
        Set<String> seen = new TreeSet<>();
        for (int at = 0;; at++) {
            Path home = Files.createDirectory(dir.resolve("home" + at));
            try (InstallerBench bench = new InstallerBench(home)) {
                before.run(bench);
            }
            int[] left = {-1};
            boolean killed = false;
            try (InstallerBench bench = new InstallerBench(home, step -> {
                // The dead do nothing: behind the kill no clean-up reaches the disk either.
                if (left[0] == 0 || left[0] > 0 && --left[0] == 0) {
                    throw new Killed();
                }
            }, InstallerBench.START, List.of())) {
                left[0] = at + 1;
                change.run(bench);
            } catch (Killed e) {
                killed = true;
            }
            try (InstallerBench bench = new InstallerBench(home)) {
                List<InstalledDriver> all = bench.drivers.list();
                String version = all.isEmpty() ? "none" : all.getFirst().version();
                seen.add(version);
                assertEquals(all.isEmpty() ? List.of() : List.of(version), bench.versions(), "killed at " + at);
                assertTidy(home.resolve("drivers"), all.isEmpty());
            }
            if (!killed) {
                assertTrue(at > 3, "only " + at + " points to be killed at");
                return seen;
            }
        }
    }

    private static void assertTidy(Path drivers, boolean none) throws Exception {
        try (Stream<Path> files = Files.walk(drivers, 2)) {
            List<String> left = files.map(file -> drivers.relativize(file).toString()).filter(name -> !name.isEmpty() && !name.equals(".coming")).toList();
            assertTrue(left.stream().noneMatch(name -> name.endsWith(".new") || name.endsWith(".azd")), left::toString);
            assertEquals(none, left.isEmpty(), left::toString);
        }
    }

    @Test
    void inAnInstallation() throws Exception {
        assertEquals(Set.of("none", "1.0.0"), everyPoint(bench -> {}, bench -> bench.install("1.0.0", "good")));
    }

    @Test
    void inAnUpdate() throws Exception {
        assertEquals(Set.of("1.1.0", "1.2.0"), everyPoint(bench -> {
            bench.install("1.0.0", "good");
            bench.update("1.1.0", "good");
        }, bench -> bench.update("1.2.0", "good")));
    }

    @Test
    void inARemoval() throws Exception {
        assertEquals(Set.of("none", "1.0.0"), everyPoint(bench -> bench.install("1.0.0", "good"), bench -> bench.drivers.remove("test")));
    }
}
