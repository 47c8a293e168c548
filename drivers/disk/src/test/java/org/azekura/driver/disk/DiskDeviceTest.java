package org.azekura.driver.disk;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.azekura.testkit.device.Blobs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskDeviceTest {

    @TempDir
    Path dir;

    @Test
    void touchesNothingBeforeTheFirstCall() {
        Path folder = dir.resolve("pool");
        DiskDevice device = device(folder.toString());
        assertEquals(folder.toString(), device.location());
        assertEquals(DiskStore.CAPABILITIES, device.capabilities());
        assertFalse(Files.exists(folder));
    }

    @Test
    void makesTheFolderForItselfAlone() throws Exception {
        Path folder = dir.resolve("pool");
        Blobs.put(device(folder.toString()), "blob", new byte[3]);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        assertEquals(3, device(folder + "/../pool/").size("blob"));
    }

    @Test
    void everyCallTellsWhyThePathWillNotDo() throws Exception {
        Path file = Files.write(dir.resolve("file"), new byte[1]);
        for (String path : List.of("", " ", "relative/path", "./x", "a\0b", file.toString(), file + "/below", dir + "/missing/pool")) {
            DiskDevice device = device(path);
            String message = assertRefused("setting.path", device::space).getMessage();
            assertFalse(message.contains("\n"), message);
            assertRefused("setting.path", () -> device.create("a"));
            assertRefused("setting.path", () -> device.read("a", 0, ByteBuffer.allocate(1)));
            assertRefused("setting.path", () -> device.size("a"));
            assertRefused("setting.path", () -> device.list("", blob -> {}));
            assertRefused("setting.path", () -> device.delete("a"));
        }
        assertRefused("setting.path", device(null)::space);
    }

    @Test
    void servesAsSoonAsThePathWillDo() throws Exception {
        DiskDevice device = device(dir + "/mount/pool");
        String message = assertRefused("setting.path", device::space).getMessage();
        assertTrue(message.contains(dir + "/mount first"), message);
        Files.createDirectory(dir.resolve("mount"));
        Blobs.put(device, "blob", new byte[1]);
        assertEquals(1, device.size("blob"));
    }

    @Test
    void isClosedForGood() throws Exception {
        DiskDevice used = device(dir.toString());
        used.space();
        used.close();
        assertRefused("device.closed", used::space);
        DiskDevice unused = device(dir.toString());
        unused.close();
        assertRefused("device.closed", unused::space);
    }

    private static DiskDevice device(String path) {
        return new DiskDevice(new DiskDevice.Settings() {
            @Override
            public String path() {
                return path;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return DiskDevice.Settings.class;
            }
        });
    }
}
