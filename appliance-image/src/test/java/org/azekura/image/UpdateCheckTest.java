package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the updater asks before it writes: is this version one that may take the place of what runs? */
class UpdateCheckTest {

    @TempDir
    Path dir;

    /** The updater mounts what it is asked for, and says where. */
    private Ran check(String manifest) throws IOException {
        Files.writeString(dir.resolve("manifest.raucm"), manifest);
        String release = Files.writeString(dir.resolve("os-release"), "ID=azekura\nIMAGE_VERSION=1.9.0\n").toString();
        return Ran.with(Map.of("AZEKURA_OS_RELEASE", release, "AZEKURA_RELEASE", release, "RAUC_UPDATE_SOURCE", dir.toString(), "RAUC_BUNDLE_MOUNT_POINT", dir.toString()), "/bin/sh",
                Recipe.FILES.resolve("usr/lib/azekura/update-check").toString());
    }

    private Ran version(String version) throws IOException {
        return check("[update]\ncompatible=azekura-x86_64\nversion=" + version + "\n");
    }

    @ParameterizedTest
    @CsvSource({"1.9.0", "1.9.1", "1.10.0", "2.0.0", "10.0.0"})
    void theSameAndNewerOnesAreTaken(String version) throws IOException {
        assertEquals("", version(version).ok().said());
    }

    @ParameterizedTest
    @CsvSource({"1.8.9", "1.1.10", "0.10.0", "1.8"})
    void olderOnesAreRefusedAndNamed(String version) throws IOException {
        String said = version(version).failed().said();
        assertTrue(said.contains(version) && said.contains("older than 1.9.0, which runs") && said.contains("take 1.9.0 or a later one"), said);
    }

    @Test
    void oneWithoutAVersionIsRefused() throws IOException {
        check("[update]\ncompatible=azekura-x86_64\n").failed();
    }
}
