package org.azekura.client.restore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Attribute;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.Inode;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.tree.Entry;

/**
 * Gives entries their saved attributes. The order matters: owner (which clears set-ids and capabilities), taking away access
 * lists that the directory above handed down, mode (whose group bits such a list would have taken for its mask), extended
 * attributes, times.
 */
final class Metadata {

    private static final int SET_IDS = 06000;
    private static final byte[] ACCESS_LIST = "system.posix_acl_access".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DEFAULT_LIST = "system.posix_acl_default".getBytes(StandardCharsets.US_ASCII);

    private final KindWarnings warnings;

    Metadata(KindWarnings warnings) {
        this.warnings = warnings;
    }

    /** What this restore has just made, as it was then. @param lists whether it may have an access list that nobody saved */
    record Made(FileStat stat, boolean lists) {}

    /**
     * @param inode of an open handle: what a name stands for can be changed by whoever may write the directory
     * @param made  what need not be set because it is so from the start; null if everything is to be set
     */
    void apply(Inode inode, Made made, Entry entry, RawPath path) {
        boolean owned = made != null && made.stat.uid() == entry.uid() && made.stat.gid() == entry.gid()
                || attempt("owner", path, () -> inode.chown(entry.uid(), entry.gid()));
        if (entry.type() != Entry.Type.SYMLINK) {
            boolean lists = made == null || made.lists;
            if (lists) {
                removeUnlessSaved(ACCESS_LIST, inode, entry, path);
            }
            // A set-id file that belongs to somebody else than it should would be a gift to him.
            int mode = owned ? entry.mode() : entry.mode() & ~SET_IDS;
            // Set-ids are not counted on: a new owner, and each write, clears them.
            if (lists || made.stat.mode() != mode || (mode & SET_IDS) != 0) {
                attempt("mode", path, () -> inode.chmod(mode));
            }
        }
        if (entry.type() == Entry.Type.DIRECTORY) {
            removeUnlessSaved(DEFAULT_LIST, inode, entry, path);
        }
        for (Entry.Xattr xattr : entry.xattrs()) {
            attempt(KindWarnings.kind(xattr.name()), path, () -> inode.set(new Attribute(xattr.name(), xattr.value())));
        }
        if (entry.mtime() != null) {
            attempt("times", path, () -> inode.touch(entry.mtime().getEpochSecond(), entry.mtime().getNano()));
        }
    }

    private void removeUnlessSaved(byte[] list, Inode inode, Entry entry, RawPath path) {
        if (entry.xattrs().stream().noneMatch(x -> Arrays.equals(x.name(), list))) {
            attempt(KindWarnings.kind(list), path, () -> inode.remove(list));
        }
    }

    private interface Step {
        void run() throws PosixException;
    }

    private boolean attempt(String kind, RawPath path, Step step) {
        try {
            step.run();
            return true;
        } catch (PosixException e) {
            warnings.add(kind, path, e.reason());
            return false;
        }
    }
}
