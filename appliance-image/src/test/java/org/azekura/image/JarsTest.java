package org.azekura.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step that makes the jars of the root: less of them, not compressed, and the same bytes for the same content. */
class JarsTest {

    @TempDir
    Path dir;

    private Path again(String folder, List<String> names) throws IOException {
        Path jar = Files.createDirectory(dir.resolve(folder)).resolve("some.jar");
        try (OutputStream file = Files.newOutputStream(jar); ZipOutputStream to = new ZipOutputStream(file)) {
            for (String name : names) {
                to.putNextEntry(new ZipEntry(name));
                to.write(name.equals("META-INF/MANIFEST.MF") ? "Manifest-Version: 1.0\nBundle-Version: 1.2.3\n".getBytes() : name.repeat(100).getBytes());
            }
        }
        Ran.of(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", Recipe.HERE.resolve("make/Jars.java").toString(), jar.getParent().toString(), "1767225600").ok();
        return jar;
    }

    @Test
    void keepsAllButLibrariesOfOtherSystemsAndTheOrderDoesNotMatter() throws IOException {
        List<String> kept = List.of("META-INF/MANIFEST.MF", "a/A.class", "linux/amd64/libz.so", "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so", "z/notes.txt");
        Path one = again("one", List.of("z/notes.txt", "a/A.class", "linux/aarch64/libz.so", "linux/amd64/libz.so", "win/amd64/libz.dll", "darwin/x86_64/libz.dylib",
                "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so", "org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so", "META-INF/MANIFEST.MF"));
        try (ZipFile jar = new ZipFile(one.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(jar.entries());
            assertEquals(kept, entries.stream().map(ZipEntry::getName).toList());
            assertTrue(entries.stream().allMatch(entry -> entry.getMethod() == ZipEntry.STORED));
            assertArrayEquals("a/A.class".repeat(100).getBytes(), jar.getInputStream(jar.getEntry("a/A.class")).readAllBytes());
        }
        try (JarInputStream stream = new JarInputStream(Files.newInputStream(one)); JarFile jar = new JarFile(one.toFile())) {
            assertEquals("1.2.3", stream.getManifest().getMainAttributes().getValue("Bundle-Version"));
            assertEquals(stream.getManifest(), jar.getManifest());
        }
        assertEquals(-1, Files.mismatch(one, again("other", kept.reversed())));
    }
}
