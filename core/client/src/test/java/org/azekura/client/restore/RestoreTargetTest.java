package org.azekura.client.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Directories;
import org.azekura.client.posix.Directory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTargetTest {

    /** Where most systems have one more file system. */
    private static final Path MOUNTED = Path.of("/dev/shm");

    @TempDir
    Path dir;

    private static long device(Path path) throws Exception {
        try (Directory directory = Directories.open(path)) {
            return directory.stat().device();
        }
    }

    @Test
    void everyFileSystemInWhichSomethingIsMadeIsMadeDurable() throws Exception {
        assumeTrue(Files.isWritable(MOUNTED) && device(MOUNTED) != device(dir) && device(MOUNTED) != device(Path.of("/")), "no second file system here");
        Path other = Files.createTempDirectory(MOUNTED, "azekura");
        try (Target target = Target.open(RawPath.of("/"), true)) {
            assertEquals(Set.of(device(Path.of("/"))), target.changed().devices());
            assertNotNull(target.above(TargetPath.of(RawPath.of("/proc/file")), false));
            for (Path made : List.of(other.resolve("sub/file"), dir.resolve("file"))) {
                target.above(TargetPath.of(RawPath.of(made.toString())), true);
            }
            assertEquals(new HashSet<>(List.of(device(Path.of("/")), device(other), device(dir))), target.changed().devices());
            target.sync();
        } finally {
            Files.deleteIfExists(other.resolve("sub"));
            Files.delete(other);
        }
    }

    @Test
    void directoriesThatGetAttributesCount() throws Exception {
        assumeTrue(device(Path.of("/dev")) != device(Path.of("/")), "no second file system here");
        try (Target target = Target.open(RawPath.of("/"), true)) {
            target.directory(TargetPath.of(RawPath.of("/dev")));
            assertEquals(Set.of(device(Path.of("/")), device(Path.of("/dev"))), target.changed().devices());
        }
    }
}
