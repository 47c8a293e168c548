package org.azekura.felix.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path folder;

    @Test
    void isForItsOwnerOnly() throws Exception {
        Path path = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Home home = Home.open(path)) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())));
        }
    }

    @Test
    void isLockedWithThePidUntilClosed() throws Exception {
        Path path = folder.resolve("home");
        long pid = ProcessHandle.current().pid();
        try (Home home = Home.open(path)) {
            assertEquals(pid + "\n", Files.readString(home.folder().resolve("lock")));
            var refused = assertThrows(StartFailure.class, () -> Home.open(path));
            assertEquals(1, refused.exitCode());
            assertTrue(refused.getMessage().contains("in use by process " + pid), refused.getMessage());
        }
        Home.open(path).close();
        assertEquals(0, Files.size(path.resolve("lock")));
    }

    @Test
    void saysWhyItCannotBeUsed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        var refused = assertThrows(StartFailure.class, () -> Home.open(file));
        assertEquals(1, refused.exitCode());
        assertTrue(refused.getMessage().startsWith("home " + file + " can't be used: "), refused.getMessage());
    }
}
