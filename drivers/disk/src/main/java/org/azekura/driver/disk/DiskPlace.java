package org.azekura.driver.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * Tells a folder from another of the same path. Where the folder is a disk's own root, as where that is mounted, it is told by itself; else by the folder above it and
 * its name, so that it is the same after somebody has removed it. A folder is told by its file system, its inode and when it was made: where a disk is not
 * mounted, what is found at the path lies on another one.
 */
final class DiskPlace {

    private DiskPlace() {}

    /** @throws java.nio.file.NoSuchFileException if the folder above is not there either */
    static String of(Path root) throws IOException {
        boolean there = Files.isDirectory(root);
        Path above = there ? root.toRealPath().getParent() : root.getParent().toRealPath();
        if (there && (above == null || !device(root).equals(device(above)))) {
            return "at " + identity(root);
        }
        return "in " + identity(above) + " " + (there ? root.toRealPath() : root).getFileName();
    }

    private static Object device(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:dev");
    }

    private static String identity(Path folder) throws IOException {
        Map<String, Object> is = Files.readAttributes(folder, "unix:dev,ino,creationTime");
        return is.get("dev") + "-" + is.get("ino") + "-" + ((FileTime) is.get("creationTime")).toInstant();
    }
}
