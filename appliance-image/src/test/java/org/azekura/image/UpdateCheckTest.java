package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the updater asks before it writes: is this version one that may take the place of what runs? */
class UpdateCheckTest {

    @TempDir
    Path dir;
    private String variables;

    @BeforeEach
    void bothSlotsAreGood() throws IOException {
        Daemon.assume("what the updater asks", "/usr/bin/grub-editenv", "grub-common");
        variables = Files.createDirectories(dir.resolve("disk")).resolve("env").toString();
        Ran.of("grub-editenv", variables, "create").ok();
        Ran.of("grub-editenv", variables, "set", "A_GOOD=1.9.0", "B_GOOD=1.8.0").ok();
    }

    /** The updater mounts what it is asked for, and says where. */
    private Ran check(String manifest, String slot) throws IOException {
        Files.writeString(dir.resolve("manifest.raucm"), manifest);
        String release = Files.writeString(dir.resolve("os-release"), "ID=azekura\nIMAGE_VERSION=1.9.0\n").toString();
        return Ran.with(Map.of("AZEKURA_OS_RELEASE", release, "AZEKURA_RUN", dir.toString(), "RAUC_UPDATE_SOURCE", dir.toString(), "SLOT", slot),
                "/bin/sh", Recipe.FILES.resolve("usr/lib/azekura/update-begin").toString());
    }

    private Ran version(String version) throws IOException {
        return check("[update]\ncompatible=azekura-x86_64\nversion=" + version + "\n", "A");
    }

    private String good() {
        return Ran.of("grub-editenv", variables, "list").ok().said().strip();
    }

    @ParameterizedTest
    @CsvSource({"1.9.0", "1.9.1", "1.10.0", "2.0.0", "10.0.0"})
    void theSameAndNewerOnesAreTaken(String version) throws IOException {
        assertEquals("", version(version).ok().said());
        assertEquals("A_GOOD=1.9.0", good(), "what is written over is good no more");
    }

    @Test
    void itIsTheOtherSlotThatIsWritten() throws IOException {
        check("[update]\nversion=2.0.0\n", "B").ok();
        assertEquals("B_GOOD=1.8.0", good());
    }

    @Test
    void nothingIsWrittenThatTheBootLoaderCannotBeTold() throws IOException {
        Files.writeString(Path.of(variables), "no variables");
        String said = version("2.0.0").failed().said();
        assertTrue(said.contains("the boot loader's variables can't be written"), said);
    }

    @ParameterizedTest
    @CsvSource({"1.8.9", "1.1.10", "0.10.0", "1.8"})
    void olderOnesAreRefusedAndNamed(String version) throws IOException {
        String said = version(version).failed().said();
        assertTrue(said.contains(version) && said.contains("older than 1.9.0, which runs") && said.contains("take 1.9.0 or a later one"), said);
        assertTrue(good().contains("B_GOOD=1.8.0"), good());
    }

    @Test
    void oneWithoutAVersionIsRefused() throws IOException {
        check("[update]\ncompatible=azekura-x86_64\n", "A").failed();
    }
}
