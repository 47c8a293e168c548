package org.azekura.driver.disk;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes folders that are there after a power loss. Safe for any number of threads. */
final class Folders {

    /** Paths remembered at most; a store of packs has 256 and a few. */
    private static final int MAX_REMEMBERED = 4096;

    private final Path root;
    /** Folders whose names in their parents are known to be on the disk. */
    private final Set<Path> durable = ConcurrentHashMap.newKeySet();

    Folders(Path root) {
        this.root = root;
    }

    /**
     * Makes the folder and those above it, up to the store's root, which must be there. A folder that this object has not
     * seen before is synced even if it exists: another thread, or a run that was killed, may have made it just now.
     *
     * @throws FileAlreadyExistsException if one of the names is taken by something that is no folder
     */
    void make(Path folder) throws IOException {
        if (folder.equals(root) || durable.contains(folder)) {
            return;
        }
        make(folder.getParent());
        create(folder);
        sync(folder.getParent());
        if (durable.size() >= MAX_REMEMBERED) {
            durable.clear();
        }
        durable.add(folder);
    }

    /** Looks at every folder anew: somebody may have removed one. */
    void forget() {
        durable.clear();
    }

    /** One folder for the appliance's user alone; no error if it is there. */
    static void create(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, mode("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** Brings the names in a folder to the disk. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
