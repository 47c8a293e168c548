package org.azekura.client.restore;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.DirectoryPath;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.PosixException;

/** The directory below which everything lands, and where in it the restore just is. One thread. */
final class Target implements AutoCloseable {

    private static final int PARENT_MODE = 0755;

    private final DirectoryPath path;
    private final Changed changed = new Changed();
    /** Where something was made last: the next is mostly made there, too. */
    private Site site;

    private Target(Directory top, boolean make) throws PosixException {
        path = new DirectoryPath(top);
        if (make) {
            changed.note(top, top.stat().device());
        }
    }

    /**
     * @param make whether to make it if it is not there; if not, null is returned
     * @throws BackupException {@code target.invalid}, {@code target.unusable}
     */
    static Target open(RawPath target, boolean make) throws BackupException {
        TargetPath names = TargetPath.of(target);
        if (names == null) {
            throw BackupException.operator("target.invalid", target.toString(),
                    "a restore goes to an absolute directory without \"..\", like /srv/restored; not \"" + target + "\"");
        }
        try {
            return new Target(walk(names.names(), make), make);
        } catch (PosixException e) {
            if (!make && e.errno() == Errno.ENOENT) {
                return null;
            }
            throw BackupException.operator("target.unusable", target.toString(), "the target directory " + target + " cannot be used: " + e.getMessage());
        }
    }

    private static Directory walk(List<byte[]> names, boolean make) throws PosixException {
        Directory at = Directory.root();
        for (byte[] name : names) {
            try (Directory above = at) {
                if (make && above.find(name) == null) {
                    make(above, name);
                }
                at = above.openFollowing(name);
            }
        }
        return at;
    }

    /**
     * Goes to the directory that contains this path.
     *
     * @param make whether something is to be made in it, and so directories that are not there, too
     * @throws PosixException {@code ENOENT} if one is not there; {@code ELOOP} or {@code ENOTDIR} if something else is in the way
     */
    Directory above(TargetPath to, boolean make) throws PosixException {
        Directory above = go(to.names().subList(0, to.depth() - 1), make);
        if (make && (site == null || site.directory != above)) {
            site = null;
            Site here = new Site(above);
            changed.note(above, here.device());
            site = here;
        }
        return above;
    }

    /** The directory to which {@link #above} went last to make something in it. */
    Site site() {
        return site;
    }

    /** Goes to this directory itself, to change it. */
    Directory directory(TargetPath path) throws PosixException {
        Directory directory = go(path.names(), false);
        changed.note(directory, directory.stat().device());
        return directory;
    }

    private Directory go(List<byte[]> names, boolean make) throws PosixException {
        path.upToward(names);
        for (byte[] name : names.subList(path.depth(), names.size())) {
            try {
                path.down(name, Directory::openBeneath);
            } catch (PosixException e) {
                if (!make || e.errno() != Errno.ENOENT) {
                    throw e;
                }
                make(path.current(), name);
                path.down(name, Directory::openBeneath);
            }
        }
        return path.current();
    }

    /** Somebody else may have made it meanwhile: what comes next opens it, whoever did. */
    private static void make(Directory above, byte[] name) throws PosixException {
        try {
            above.makeDirectory(name, PARENT_MODE);
        } catch (PosixException e) {
            if (e.errno() != Errno.EEXIST) {
                throw e;
            }
        }
    }

    /** The name on the way to this path that {@link #above} could not pass, as a path below the target. */
    RawPath obstacle(TargetPath to) {
        RawPath at = RawPath.of("/");
        for (byte[] name : to.names().subList(0, Math.min(path.depth() + 1, to.depth()))) {
            at = at.child(name);
        }
        return at;
    }

    /** Makes what was restored durable, on every file system on which something was. Any thread. */
    void sync() throws PosixException {
        changed.sync();
    }

    Changed changed() {
        return changed;
    }

    @Override
    public void close() {
        changed.close();
        path.close();
    }
}
