package org.azekura.client.restore;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.PosixException;

/**
 * The file systems in which a restore made something, by an open directory each: a sync tells only of write errors since its
 * directory was opened. One thread.
 */
final class Changed implements AutoCloseable {

    private static final int KEPT = 64;

    private final Map<Long, Directory> directories = new LinkedHashMap<>();
    /**
     * Something is going to be made here. With too many file systems the one that was met first is synced at once.
     *
     * @param device the number of the directory's file system
     */
    void note(Directory directory, long device) throws PosixException {
        if (!directories.containsKey(device)) {
            if (directories.size() == KEPT) {
                Iterator<Directory> eldest = directories.values().iterator();
                try (Directory full = eldest.next()) {
                    eldest.remove();
                    full.syncFileSystem();
                }
            }
            directories.put(device, directory.reopen());
        }
    }

    /** The numbers of the file systems that {@link #sync} makes durable. */
    Set<Long> devices() {
        return Set.copyOf(directories.keySet());
    }

    /** Makes what was restored durable. */
    void sync() throws PosixException {
        for (Directory directory : directories.values()) {
            directory.syncFileSystem();
        }
    }

    @Override
    public void close() {
        directories.values().forEach(Directory::close);
        directories.clear();
    }
}
