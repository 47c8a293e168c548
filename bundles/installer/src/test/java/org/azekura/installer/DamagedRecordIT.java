package org.azekura.installer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.azekura.api.driver.InstalledDriver;
import org.azekura.api.driver.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A record that can't be read, or that names what is not whole, costs no driver as long as a whole version of it is somewhere. */
@Timeout(300)
class DamagedRecordIT {

    @TempDir Path dir;
    private InstallerBench bench;

    @BeforeEach
    void begin() throws Exception {
        bench = new InstallerBench(dir);
        bench.install("1.0.0", "good");
        bench.update("1.1.0", "good");
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private void restart(Path... builtIn) throws Exception {
        bench.close();
        bench = new InstallerBench(dir, step -> {}, InstallerBench.START, List.of(builtIn));
    }

    private Path current() {
        return dir.resolve("drivers/test/current");
    }

    private Path version(String version) throws Exception {
        try (Stream<Path> found = Files.list(dir.resolve("drivers/test"))) {
            return found.filter(file -> file.getFileName().toString().matches(version + "-[0-9a-f]{12}")).findFirst().orElseThrow();
        }
    }

    private void assertMended(String version, String... problem) throws Exception {
        assertEquals(List.of(version), bench.versions());
        assertEquals(List.of(version, InstalledDriver.State.ACTIVE), List.of(bench.only().version(), bench.only().state()));
        for (String part : problem) {
            assertTrue(bench.only().problem().contains(part), bench.only().problem());
        }
        restart();
        assertEquals(List.of(version), bench.versions());
        assertEquals("", bench.only().problem());
    }

    @Test
    void theNewestVersionThatIsWholeTakesThePlaceOfADamagedRecord() throws Exception {
        for (byte[] damage : List.of(new byte[0], new byte[] {0, 1, 2}, "azekura-driver-current: 2\n".getBytes(UTF_8))) {
            Files.write(current(), damage);
            restart();
            assertMended("1.1.0", "is damaged", "1.1.0, the newest version that is whole here, took its place");
        }
    }

    @Test
    void aVersionWithOneByteChangedIsNotWhole() throws Exception {
        Files.write(current(), new byte[] {1});
        Path jar = version("1.1.0").resolve("bundles/a.jar");
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);
        restart();
        assertMended("1.0.0", "is damaged", "1.0.0, the newest");
    }

    @Test
    void theVersionBeforeTakesThePlaceOfOneThatIsMissingOrOfWhichNothingIsKnown() throws Exception {
        Path folder = version("1.1.0");
        Files.write(folder.resolveSibling(folder.getFileName() + ".about"), new byte[] {1});
        restart();
        assertMended("1.0.0", "1.0.0, the newest");
    }

    @Test
    void theDistributionsTakesThePlaceIfNothingIsWhole() throws Exception {
        Files.write(current(), new byte[] {1});
        Files.delete(version("1.1.0").resolve("bundles/a.jar"));
        Files.delete(version("1.0.0").resolve("bundles/a.jar"));
        restart(bench.make("0.9.0", "good"));
        assertMended("0.9.0", "no version was whole here");
    }

    @Test
    void whereNothingIsWholeTheDriverHasFailedUntilAnUpdateMendsIt() throws Exception {
        Files.write(current(), new byte[] {1});
        Files.delete(version("1.1.0").resolve("bundles/a.jar"));
        Files.delete(version("1.0.0").resolve("bundles/a.jar"));
        for (int i = 0; i < 2; i++) {
            restart();
            assertEquals(InstalledDriver.State.FAILED, bench.only().state());
            assertTrue(bench.only().problem().contains("no version was whole here"), bench.only().problem());
        }
        assertInstanceOf(Outcome.Done.class, bench.update("1.0.0", "good"));
        assertMended("1.0.0");
    }
}
