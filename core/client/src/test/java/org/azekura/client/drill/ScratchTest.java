package org.azekura.client.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.azekura.api.JobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir
    Path dir;

    private static void fill(Path top, Path outside) throws Exception {
        Path at = top;
        for (int i = 0; i < 60; i++) {
            at = Files.createDirectory(at.resolve("deep"));
            Files.createFile(at.resolve("file"));
        }
        Files.createSymbolicLink(top.resolve("way out"), outside);
        Path closed = Files.createDirectory(top.resolve("closed"));
        Files.createFile(closed.resolve("in it"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    }

    @Test
    void onlyItsOwnerSeesWhatIsInIt() throws Exception {
        Scratch scratch = Scratch.open(dir.resolve("scratch"));
        for (Path folder : new Path[] {dir.resolve("scratch"), scratch.begin(new JobId(7))}) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        }
    }

    @Test
    void removesWhateverIsThereAndFollowsNoLink() throws Exception {
        Path outside = Files.createDirectory(dir.resolve("outside"));
        Files.createFile(outside.resolve("stays"));
        Scratch scratch = Scratch.open(dir.resolve("scratch"));
        Path top = scratch.begin(new JobId(7));
        fill(top, outside);
        scratch.remove(top);
        assertFalse(Files.exists(top));
        assertTrue(Files.exists(outside.resolve("stays")));
    }

    @Test
    void removesAtTheStartWhatWasLeftThere() throws Exception {
        Path left = Scratch.open(dir.resolve("scratch")).begin(new JobId(7));
        fill(left, dir);
        Thread sweeper = Scratch.open(dir.resolve("scratch")).sweeper();
        sweeper.join();
        assertFalse(Files.exists(left));
    }
}
