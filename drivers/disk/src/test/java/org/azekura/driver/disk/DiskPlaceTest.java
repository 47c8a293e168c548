package org.azekura.driver.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskPlaceTest {

    @TempDir
    Path dir;
    private Path mounted;
    private Path root;
    private DiskStore store;
    private String place;

    @BeforeEach
    void open() throws Exception {
        mounted = Files.createDirectory(dir.resolve("disk"));
        root = Files.createDirectory(mounted.resolve("azekura"));
        store = new DiskStore(root);
        Blobs.put(store, "packs/3f/3f2a", new byte[1]);
        place = store.place().orElseThrow();
    }

    @Test
    void aFolderThatWasRemovedIsMadeAnewInItsPlace() throws Exception {
        store.delete("packs/3f/3f2a");
        assertEquals(Optional.of(place), store.place());
        Files.move(root, mounted.resolve("away"));
        assertEquals(Optional.of(place), store.place());
        store.remake(place);
        assertEquals(Optional.of(place), store.place());
        Blobs.put(store, "packs/3f/3f2a", new byte[1]);
        assertTrue(Files.exists(root.resolve("packs/3f/3f2a")));
    }

    @Test
    void whatIsFoundWhereADiskIsNotMountedIsAnotherPlace() throws Exception {
        Files.move(mounted, dir.resolve("unplugged"));
        assertThrows(BackupException.class, () -> store.place());
        assertThrows(BackupException.class, () -> store.remake(place));
        Files.createDirectory(mounted);
        assertNotEquals(Optional.of(place), store.place());
        assertThrows(BackupException.class, () -> store.remake(place));
        assertFalse(Files.exists(root));
        Files.createDirectory(root);
        assertNotEquals(Optional.of(place), store.place());
        assertNotEquals(Optional.of(place), new DiskStore(root).place());
        Files.delete(root);
        Files.delete(mounted);
        Files.move(dir.resolve("unplugged"), mounted);
        assertEquals(Optional.of(place), store.place());
    }

    @Test
    void aDisksOwnRootIsToldByItself() throws Exception {
        assertTrue(DiskPlace.of(Path.of("/proc")).startsWith("at "));
        assertTrue(place.startsWith("in ") && place.endsWith(" azekura"), place);
    }
}
