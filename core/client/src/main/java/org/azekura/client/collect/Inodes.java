package org.azekura.client.collect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.PosixException;

/** Directories that are never saved, whatever path leads to them. */
final class Inodes {

    private record Inode(long device, long inode) {}

    private final Set<Inode> inodes = new HashSet<>();

    /** Folders that are not there need not be left out. */
    static Inodes of(List<RawPath> folders) throws BackupException {
        Inodes found = new Inodes();
        for (RawPath folder : folders) {
            found.add(folder);
        }
        return found;
    }

    private void add(RawPath folder) throws BackupException {
        try {
            Directory at = Directory.root();
            for (byte[] name : RootTree.names(folder)) {
                try (Directory above = at) {
                    at = above.openFollowing(name);
                }
            }
            try (Directory last = at) {
                FileStat stat = last.stat();
                inodes.add(new Inode(stat.device(), stat.inode()));
            }
        } catch (PosixException e) {
            // Not there (or not to be entered, so not to be saved either).
            return;
        }
    }

    boolean contains(FileStat stat) {
        return inodes.contains(new Inode(stat.device(), stat.inode()));
    }
}
