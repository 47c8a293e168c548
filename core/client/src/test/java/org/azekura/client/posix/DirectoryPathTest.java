package org.azekura.client.posix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryPathTest {

    private static final int DEPTH = 2000;

    @TempDir
    Path dir;

    @Test
    void goesTwoThousandLevelsDownAndUpWithFewHandles() throws Exception {
        try (DirectoryPath path = new DirectoryPath(Directories.open(dir))) {
            for (int i = 1; i <= DEPTH; i++) {
                byte[] name = ("level" + i).getBytes(UTF_8);
                path.current().makeDirectory(name, 0700);
                path.down(name, Directory::open);
            }
            assertTrue(handles() < 100, "open handles: " + handles());
            path.current().create(new byte[] {'f'}, 0600).close();
            for (int i = DEPTH; i >= 1; i--) {
                assertEquals(i, path.depth());
                byte[] name = path.name(i);
                assertArrayEquals(("level" + i).getBytes(UTF_8), name);
                path.up();
                if (i == DEPTH) {
                    try (Directory last = path.current().open(name)) {
                        last.remove(new byte[] {'f'});
                    }
                }
                path.current().removeDirectory(name);
            }
            assertEquals(0, path.depth());
        }
    }

    @Test
    void walksAgainIfTheWayUpLeadsElsewhere() throws Exception {
        try (DirectoryPath path = new DirectoryPath(Directories.open(dir))) {
            for (int i = 0; i < 40; i++) {
                path.current().makeDirectory(new byte[] {'d'}, 0700);
                path.down(new byte[] {'d'}, Directory::open);
            }
            Path moved = dir.resolve("moved");
            Path fourth = dir.resolve("d/d/d/d");
            Files.move(fourth.resolve("d"), moved);
            Files.createDirectories(fourth.resolve("d"));
            while (path.depth() > 4) {
                path.up();
                assertNotNull(path.current());
            }
            assertEquals(Files.getAttribute(fourth, "unix:ino"), path.current().stat().inode());
        }
    }

    @Test
    void aStepThatFailsBecauseOfAHandleFarAboveChangesNothing() throws Exception {
        try (DirectoryPath path = new DirectoryPath(Directories.open(dir))) {
            path.current().makeDirectory(new byte[] {'d'}, 0700);
            path.down(new byte[] {'d'}, Directory::open);
            path.current().close();
            int depth = 0;
            try {
                while (path.depth() < 40) {
                    depth = path.depth();
                    path.down(new byte[] {'d'}, (above, name) -> Directories.open(dir));
                }
                fail("the closed directory was not met");
            } catch (IllegalStateException e) {
                assertEquals(depth, path.depth());
            }
        }
    }

    private static long handles() throws Exception {
        try (var list = Files.list(Path.of("/proc/self/fd"))) {
            return list.count();
        }
    }
}
