package org.azekura.driver.ups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.serial.UpsSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built package in a framework, with its native library, on a simulated device. */
class UpsPackageIT {

    @TempDir
    Path dir;

    @Test
    void keepsItsContract() throws Exception {
        Path out = dir.resolve("out");
        Path bundles = Files.createDirectory(dir.resolve("bundles"));
        try (UpsSimulator device = new UpsSimulator(dir)) {
            Process kit = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED", "-jar", only("../../core/kit/target", "org.azekura.kit-*.jar"), "test", only("target", "ups-*.azd"),
                    "--bundles", bundles.toString(), "--set", "port=" + device.port(), "--set", "poll_ms=200"))
                            .redirectErrorStream(true).redirectOutput(out.toFile()).start();
            try {
                assertTrue(kit.waitFor(120, TimeUnit.SECONDS), "it ends in time");
            } finally {
                kit.destroyForcibly();
            }
            String all = Files.readString(out);
            assertEquals(0, kit.exitValue(), all);
            assertTrue(all.contains(" rules hold"), all);
        }
    }

    /** The build has made it, of whatever version. */
    private static String only(String folder, String pattern) throws Exception {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(folder), pattern)) {
            return found.iterator().next().toString();
        }
    }
}
