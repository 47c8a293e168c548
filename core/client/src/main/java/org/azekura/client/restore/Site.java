package org.azekura.client.restore;

import org.azekura.client.posix.Accounts;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.tree.Entry;

/**
 * What a directory gives to what is made in it, asked once so that it need not be taken back from each entry. Asked only where nobody but
 * this user and root can change the answer meanwhile: elsewhere everything is set. One thread.
 */
final class Site {

    static final int PRIVATE = 0600;
    private static final int ROOT = 0;
    private static final int PERMISSIONS = 0777;
    /** A file that is closed in between has to be opened for writing again. */
    private static final int OWNER_WRITES = 0200;
    private static final int SET_GID = 02000;
    private static final int UNKNOWN = -1;
    private static final int SELF = Accounts.self();
    private static final int OWN_GROUP = Accounts.ownGroup();

    final Directory directory;
    private final FileStat stat;
    private Boolean handsDownLists;
    /** Whether files can be made here without a name, as far as is known. */
    private boolean unnamed = true;
    private int seenMode = UNKNOWN;
    private FileStat seen;

    Site(Directory directory) throws PosixException {
        this.directory = directory;
        this.stat = directory.stat();
    }

    /** A file without a name; null if there is no such thing here. */
    OpenFile createUnnamed(int mode) {
        if (!unnamed) {
            return null;
        }
        try {
            return directory.createUnnamed(mode);
        } catch (PosixException e) {
            // Other errors show again where it is made by name.
            unnamed = e.errno() != Errno.ENOTSUP && e.errno() != Errno.EISDIR && e.errno() != Errno.EINVAL;
            return null;
        }
    }

    /** Owner, group and mode of what was just made here with this mode; which inode it is does not count. */
    FileStat made(OpenFile file, int mode) throws PosixException {
        if (seen == null || seenMode != mode || handsDownLists()) {
            seen = file.stat();
            seenMode = mode;
        }
        return seen;
    }

    long device() {
        return stat.device();
    }

    /** Whether what is made here may have an access list that nobody saved. */
    boolean handsDownLists() throws PosixException {
        if (handsDownLists == null) {
            boolean ours = stat.uid() == SELF || stat.uid() == ROOT;
            handsDownLists = !ours || directory.handsDownLists();
        }
        return handsDownLists;
    }

    /**
     * The mode to make this file with: the saved one if the file will have the saved owner and group from the start, and nothing else that
     * decides who may read it; else one that lets nobody in.
     */
    int mode(Entry file) throws PosixException {
        boolean whole = file.uid() == SELF && file.gid() == group() && file.xattrs().isEmpty() && (file.mode() & OWNER_WRITES) != 0;
        return whole && !handsDownLists() ? file.mode() & PERMISSIONS : PRIVATE;
    }

    /** The group of what is made here, where all kinds of file systems and mounts agree. */
    private int group() {
        if (stat.gid() == OWN_GROUP) {
            return OWN_GROUP;
        }
        return (stat.mode() & SET_GID) != 0 ? stat.gid() : UNKNOWN;
    }
}
