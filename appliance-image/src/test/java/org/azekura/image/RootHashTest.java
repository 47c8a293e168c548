package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.azekura.testkit.Daemon;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The very step that makes the root, on a small tree: the hash that a signature covers is one of what the files are, not of when and where they were made. */
class RootHashTest {

    @TempDir
    Path dir;

    @BeforeEach
    void programs() {
        Daemon.assume("the root hash", "/usr/bin/mksquashfs", "squashfs-tools");
        Daemon.assume("the root hash", "/usr/sbin/veritysetup", "cryptsetup-bin");
    }

    /** @param names in the order in which they are made */
    private Path tree(String name, String text, Instant time, List<String> names) throws IOException {
        Path target = Files.createDirectory(dir.resolve(name));
        for (String file : names) {
            Path at = target.resolve("root").resolve(file);
            Files.createDirectories(at.getParent());
            Files.writeString(at, file.equals("usr/lib/text") ? text : file.repeat(3000));
            Files.setLastModifiedTime(at, FileTime.from(time));
        }
        Files.createSymbolicLink(target.resolve("root/link"), Path.of("usr/lib/text"));
        Ran.of(Recipe.step("rootfs"), target.toString()).ok();
        return target;
    }

    private static String hash(Path target) throws IOException {
        return Files.readString(target.resolve("roothash")).strip();
    }

    private static Ran verify(Path target) throws IOException {
        long data = Long.parseLong(Files.readString(target.resolve("rootblocks")).strip()) * 4096;
        String file = target.resolve("rootfs.img").toString();
        return Ran.of("/usr/sbin/veritysetup", "verify", "--hash-offset=" + data, file, file, hash(target));
    }

    @Test
    void theSameFilesHaveTheSameHashAndAnotherByteAnother() throws IOException {
        Path one = tree("one", "what is said", Instant.parse("2026-03-01T00:00:00Z"), List.of("usr/lib/text", "etc/a", "etc/b"));
        Path again = tree("again", "what is said", Instant.parse("2026-04-02T03:04:05Z"), List.of("etc/b", "etc/a", "usr/lib/text"));
        Path other = tree("other", "what is sajd", Instant.parse("2026-03-01T00:00:00Z"), List.of("usr/lib/text", "etc/a", "etc/b"));
        assertEquals(64, hash(one).length());
        assertEquals(hash(one), hash(again));
        assertEquals(-1, Files.mismatch(one.resolve("rootfs.img"), again.resolve("rootfs.img")));
        assertNotEquals(hash(one), hash(other));
    }

    @Test
    void aByteThatChangedLaterIsFound() throws IOException {
        Path target = tree("one", "what is said", Instant.now(), List.of("usr/lib/text", "etc/a"));
        verify(target).ok();
        try (var file = new RandomAccessFile(target.resolve("rootfs.img").toFile(), "rw")) {
            file.seek(200);
            int was = file.read();
            file.seek(200);
            file.write(was ^ 1);
        }
        verify(target).failed();
    }
}
