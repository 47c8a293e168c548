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
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.config())));
        }
    }

    @Test
    void leavesAFolderOfOthersAsItIs() throws Exception {
        Path path = Files.createDirectory(folder.resolve("project"));
        Files.createFile(path.resolve("pom.xml"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String lock : new String[] {null, "a lock of something else\n", "12 34"}) {
            if (lock != null) {
                Files.writeString(path.resolve("lock"), lock);
            }
            var refused = assertThrows(StartFailure.class, () -> Home.open(path));
            assertEquals(1, refused.exitCode());
            assertEquals("home " + path + " is not empty and no home of an appliance; choose an empty or new folder", refused.getMessage());
            assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertEquals(lock == null ? 1 : 2, path.toFile().list().length);
        }
    }

    @Test
    void takesAFolderWithSettingsOnlyAndOneThatHasJoined() throws Exception {
        Files.createDirectories(folder.resolve("home/etc"));
        Home.open(folder.resolve("home")).close();
        Certified.as("tls:a:1/server", "client/a").save(folder.resolve("joined"));
        Files.createDirectories(folder.resolve("joined/run"));
        Home.open(folder.resolve("joined")).close();
    }

    @Test
    void takesAHomeAfterACrash() throws Exception {
        Path path = Files.createDirectories(folder.resolve("home/catalog")).getParent();
        Files.writeString(path.resolve("lock"), "4194304\n");
        Home.open(path).close();
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
