package org.azekura.client.collect;

import java.io.IOException;
import org.azekura.api.BackupException;
import org.azekura.client.cache.CachedDirectory;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.posix.Attributes;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;

/** Takes what a walk finds, in walk order: entries by raw name bytes, a directory's content behind its {@link #enter}. */
interface Harvest {

    /**
     * A directory; what follows is in it, until {@link #leave}.
     *
     * @param path   where the walk is: above the directory
     * @param saved  false if it only leads to a root: what else is in it is not saved, so its times and size mean nothing
     * @param before what the parent snapshot says of it, null if nothing
     */
    void enter(PathBuffer path, byte[] name, FileStat stat, Attributes attributes, boolean saved, CachedEntry before, CachedDirectory parent)
            throws IOException, BackupException;

    void leave() throws IOException, BackupException;

    /**
     * Anything but a directory.
     *
     * @param path  where the walk is: in {@code directory}
     * @param ahead what a reader has read of it ahead of the walk, null if nothing
     */
    void entry(Directory directory, PathBuffer path, byte[] name, FileStat stat, CachedEntry before, ReadFile ahead)
            throws IOException, BackupException;
}
