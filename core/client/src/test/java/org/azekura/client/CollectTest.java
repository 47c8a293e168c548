package org.azekura.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.azekura.engine.volume.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups by the whole role, as server and node see them. */
class CollectTest {

    @TempDir
    Path dir;

    private Scene scene;
    private Path source;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(Files.createDirectory(dir.resolve("home")));
        source = Files.createDirectory(dir.resolve("source"));
    }

    @AfterEach
    void end() {
        scene.close();
    }

    static byte[] random(long seed, int bytes) {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return content;
    }

    @Test
    void oneFileComesWithItsContentAndASignedManifest() throws Exception {
        Path file = source.resolve("file");
        Files.writeString(file, "content");
        Scene.Snapshot snapshot = scene.backup(source, null);
        assertArrayEquals(Files.readAllBytes(file), snapshot.content(file));
        assertEquals(List.of(), snapshot.report.problems());
        assertEquals(1, snapshot.manifest.files());
        assertEquals(7, snapshot.manifest.bytes());
        assertTrue(SigningKey.verify(scene.server.hello.signingKey(), snapshot.report.manifest(), snapshot.report.signature()));
    }
}
