package org.azekura.driver.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that the build made, in a real framework, by the program that authors of drivers use. */
class SimulatorPackageIT {

    private static final int DONE = 0;
    private static final int USAGE = 2;

    @TempDir
    Path dir;

    /** @param said what a line of its output has in it */
    private void test(int exit, String said, String... scratch) throws Exception {
        Path out = dir.resolve("out");
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-jar", only("../../core/kit/target", "org.azekura.kit-*.jar"), "test", only("target", "simulator-*.azd"), "--bundles",
                dir.toString(), "--set", "folder=" + dir.resolve("library"), "--set", "capacity_MB=64"));
        command.addAll(List.of(scratch));
        Process kit = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertTrue(kit.waitFor(120, TimeUnit.SECONDS), "it ends in time");
        } finally {
            kit.destroyForcibly();
        }
        String all = Files.readString(out);
        assertEquals(exit, kit.exitValue(), all);
        assertTrue(all.contains(said), all);
    }

    /** The build has made it, of whatever version. */
    private static String only(String folder, String pattern) throws Exception {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of(folder), pattern)) {
            return found.iterator().next().toString();
        }
    }

    @Test
    void keepsItsContractsOnACartridgeThatMayBeOverwritten() throws Exception {
        test(USAGE, "name a cartridge that may be overwritten");
        test(DONE, " rules hold", "--scratch", "A00002L8");
        String library = Files.readString(dir.resolve("library/library"));
        assertTrue(library.contains("cartridge A00002L8 at 1001"), library);
        assertTrue(library.contains("cartridge A00001L8 at 1000") && library.contains("from 500 uses 0\n"), library);
    }
}
