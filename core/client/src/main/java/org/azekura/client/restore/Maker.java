package org.azekura.client.restore;

import java.util.List;
import org.azekura.api.Overwrite;
import org.azekura.api.PathProblem;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.tree.Entry;

/**
 * Makes entries in the target, by the order's policy for what is there already. Whatever is made gets its place only when it is
 * complete. What goes wrong with one path is told as its problem. One thread.
 */
final class Maker implements AutoCloseable {

    private final Target target;
    private final Overwrite overwrite;
    private final Problems problems;
    private final Tally tally;
    private final Metadata metadata;
    private final OpenFiles files;

    Maker(Target target, Overwrite overwrite, Problems problems, Tally tally, Metadata metadata) {
        this.target = target;
        this.overwrite = overwrite;
        this.problems = problems;
        this.tally = tally;
        this.metadata = metadata;
        this.files = new OpenFiles(target);
    }

    /** Tells a path's problem. */
    void problem(TargetPath path, PosixException e) {
        String reason = e.errno() == Errno.ELOOP || e.errno() == Errno.ENOTDIR
                ? Policy.inTheWay(e.errno() == Errno.ELOOP, target.obstacle(path))
                : "cannot be restored: " + e.reason();
        problems.add(path.saved(), reason);
    }

    /** @return whether this entry may be made; if not, why is told */
    boolean mayMake(TargetPath path, Entry entry) {
        try {
            FileStat there = target.above(path, true).find(path.name());
            return there == null || mayReplace(path, entry, there);
        } catch (PosixException e) {
            problem(path, e);
            return false;
        }
    }

    private boolean mayReplace(TargetPath path, Entry entry, FileStat there) {
        String kept = Policy.kept(overwrite, there, entry, path.saved());
        if (kept != null) {
            problems.add(path.saved(), kept);
        }
        return kept == null;
    }

    /** @return whether the directory gets its saved attributes in the end */
    boolean makeDirectory(TargetPath path, Entry entry) {
        try {
            Directory above = target.above(path, true);
            FileStat there = above.find(path.name());
            if (there != null && there.type() == FileType.DIRECTORY) {
                return Policy.changes(overwrite, entry);
            }
            if (there != null) {
                if (!mayReplace(path, entry, there)) {
                    return false;
                }
                above.remove(path.name());
            }
            above.makeDirectory(path.name(), 0700);
            return true;
        } catch (PosixException e) {
            problem(path, e);
            return false;
        }
    }

    /** Makes a symbolic link, FIFO, socket or device. @return whether it is there now */
    boolean makeSpecial(TargetPath path, Entry entry) {
        byte[] temporary = TemporaryName.of(path);
        try {
            Directory above = target.above(path, true);
            TemporaryName.make(above, temporary, () -> {
                if (entry.type() == Entry.Type.SYMLINK) {
                    above.makeSymlink(entry.target(), temporary);
                } else {
                    above.makeNode(temporary, FileType.valueOf(entry.type().name()), 0600, entry.major(), entry.minor());
                }
                return temporary;
            });
            metadata.apply(above, temporary, entry, path.saved());
            place(above, temporary, path);
            return true;
        } catch (PosixException e) {
            problem(path, e);
            drop(path, temporary);
            return false;
        }
    }

    FileInMaking file(TargetPath path, Entry entry) {
        return new FileInMaking(path, entry, TemporaryName.of(path));
    }

    /** Writes a part of a file; if that fails, the file is given up. */
    void write(FileInMaking file, long at, byte[] bytes, int from, int length) {
        if (file.broken) {
            return;
        }
        try {
            files.get(file).write(at, bytes, from, length);
        } catch (PosixException e) {
            problem(file.path, e);
            abandon(file);
        }
    }

    /** Puts a complete file in its place. @return whether it is there now */
    boolean finish(FileInMaking file) {
        try {
            OpenFile open = files.get(file);
            open.truncate(file.entry.size());
            files.close(file);
            Directory above = target.above(file.path, true);
            metadata.apply(above, file.temporary, file.entry, file.path.saved());
            place(above, file.temporary, file.path);
        } catch (PosixException e) {
            problem(file.path, e);
            abandon(file);
            return false;
        }
        tally.bytes(file.entry.size());
        List<PathProblem.Range> missing = file.missing();
        if (!missing.isEmpty()) {
            problems.add(new PathProblem(file.path.saved(), "data that cannot be read any more are left out: zeros are in their place", missing));
        }
        return true;
    }

    /** Gives another name to what was restored. @return whether it is there now */
    boolean link(TargetPath existing, TargetPath path) {
        byte[] temporary = TemporaryName.of(path);
        try (Directory from = target.above(existing, false).reopen()) {
            Directory above = target.above(path, true);
            TemporaryName.make(above, temporary, () -> {
                above.link(from, existing.name(), temporary);
                return temporary;
            });
            place(above, temporary, path);
            return true;
        } catch (PosixException e) {
            problem(path, e);
            drop(path, temporary);
            return false;
        }
    }

    private void place(Directory above, byte[] temporary, TargetPath path) throws PosixException {
        above.rename(temporary, path.name());
        tally.file();
        if (above.find(temporary) != null) {
            // Both names were the same file already: then a rename does nothing.
            above.remove(temporary);
        }
    }

    /** Removes what there is of a file; its problem has been told. */
    void abandon(FileInMaking file) {
        files.close(file);
        file.broken = true;
        if (file.begun) {
            drop(file.path, file.temporary);
        }
    }

    private void drop(TargetPath path, byte[] temporary) {
        try {
            Directory above = target.above(path, false);
            if (above.find(temporary) != null) {
                above.remove(temporary);
            }
        } catch (PosixException e) {
            problems.add(path.saved(), "what is left of it cannot be removed: " + e.getMessage());
        }
    }

    /** Gives a directory its attributes, after everything in it. */
    void finishDirectory(TargetPath path, Entry entry) {
        try {
            metadata.apply(target.above(path, false), path.name(), entry, path.saved());
        } catch (PosixException e) {
            problem(path, e);
        }
    }

    @Override
    public void close() {
        files.close();
    }
}
