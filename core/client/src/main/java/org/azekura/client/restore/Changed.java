package org.azekura.client.restore;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.PosixException;

/**
 * The file systems in which a restore made something, by an open directory each: a sync tells only of write errors since its
 * directory was opened. One thread; {@link #sync} any.
 */
final class Changed implements AutoCloseable {

    private static final int KEPT = 64;

    private final Map<Long, Directory> directories = new LinkedHashMap<>();
    /** Whoever holds it may use directories of the map, taken before any lock on the map; none is closed meanwhile. */
    private final Object syncing = new Object();

    /**
     * Something is going to be made here. With too many file systems the one that was met first is synced at once.
     *
     * @param device the number of the directory's file system
     */
    void note(Directory directory, long device) throws PosixException {
        if (directories.containsKey(device)) {
            return;
        }
        if (directories.size() == KEPT) {
            synchronized (syncing) {
                try (Directory full = removeEldest()) {
                    full.syncFileSystem();
                }
            }
        }
        Directory opened = directory.reopen();
        synchronized (directories) {
            directories.put(device, opened);
        }
    }

    private Directory removeEldest() {
        synchronized (directories) {
            Iterator<Directory> eldest = directories.values().iterator();
            Directory removed = eldest.next();
            eldest.remove();
            return removed;
        }
    }

    /** The numbers of the file systems that {@link #sync} makes durable. */
    Set<Long> devices() {
        return Set.copyOf(directories.keySet());
    }

    /** Makes what was restored durable. */
    void sync() throws PosixException {
        synchronized (syncing) {
            List<Directory> now;
            synchronized (directories) {
                now = List.copyOf(directories.values());
            }
            for (Directory directory : now) {
                directory.syncFileSystem();
            }
        }
    }

    @Override
    public void close() {
        directories.values().forEach(Directory::close);
        directories.clear();
    }
}
