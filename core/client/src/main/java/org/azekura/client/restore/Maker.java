package org.azekura.client.restore;

import java.util.List;
import org.azekura.api.Overwrite;
import org.azekura.api.PathProblem;
import org.azekura.api.message.RestorePoint;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.HeldEntry;
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
    private final Placing placing;
    private final Metadata metadata;
    private final OpenFiles files;
    private final Remains remains;
    private final TemporaryNames temporaries;
    private final Leftovers leftovers;

    Maker(Target target, Overwrite overwrite, Earlier earlier, Problems problems, Tally tally, Metadata metadata) {
        this(target, overwrite, earlier, problems, tally, metadata, false);
    }

    /** @param asItLies whether entries come in no order */
    Maker(Target target, Overwrite overwrite, Earlier earlier, Problems problems, Tally tally, Metadata metadata, boolean asItLies) {
        RestorePoint.Half half = earlier.point() == null ? null : earlier.point().half();
        this.temporaries = new TemporaryNames(half != null && TemporaryNames.isTemporary(half.temporary()) ? half.temporary() : null);
        this.target = target;
        this.overwrite = overwrite;
        this.problems = problems;
        this.tally = tally;
        this.metadata = metadata;
        this.placing = new Placing(target, overwrite, earlier, problems, tally);
        this.files = new OpenFiles(target);
        this.leftovers = new Leftovers(temporaries, problems, asItLies);
        this.remains = new Remains(target, overwrite, earlier, leftovers);
    }

    /** @return whether this entry may be made; if not, why is told */
    boolean mayMake(TargetPath path, Entry entry) {
        try {
            Directory above = target.above(path, true);
            if (leftovers.nothingElse(above, path)) {
                return true;
            }
            FileStat there = above.find(path.name());
            return there == null || placing.mayReplace(path, entry.mtime(), there);
        } catch (PosixException e) {
            placing.problem(path, e);
            return false;
        }
    }

    /** @return whether the directory gets its saved attributes in the end */
    boolean makeDirectory(TargetPath path, Entry entry) {
        try {
            Directory above = target.above(path, true);
            if (leftovers.nothingElse(above, path) && madeDirectory(above, path)) {
                return true;
            }
            FileStat there = above.find(path.name());
            if (there != null && there.type() == FileType.DIRECTORY) {
                return remains.getsAttributes(above, path, entry, there);
            }
            if (there != null) {
                if (!placing.mayReplace(path, entry.mtime(), there)) {
                    return false;
                }
                above.remove(path.name());
            }
            above.makeDirectory(path.name(), Earlier.DIRECTORY_MODE);
            leftovers.made(path);
            return true;
        } catch (PosixException e) {
            placing.problem(path, e);
            return false;
        }
    }

    /** @return false if something has this name */
    private boolean madeDirectory(Directory above, TargetPath path) throws PosixException {
        try {
            above.makeDirectory(path.name(), Earlier.DIRECTORY_MODE);
        } catch (PosixException e) {
            if (e.errno() == Errno.EEXIST) {
                return false;
            }
            throw e;
        }
        leftovers.made(path);
        return true;
    }

    /** Makes a symbolic link, FIFO, socket or device. @return whether it is there now */
    boolean makeSpecial(TargetPath path, Entry entry) {
        byte[] temporary = temporaries.next();
        FileStat made = null;
        try {
            Directory above = target.above(path, true);
            if (entry.type() == Entry.Type.SYMLINK) {
                above.makeSymlink(entry.target(), temporary);
            } else {
                above.makeNode(temporary, FileType.valueOf(entry.type().name()), 0600, entry.major(), entry.minor());
            }
            try (HeldEntry held = above.hold(temporary)) {
                made = held.stat();
                if (!Special.is(held, made, entry)) {
                    problems.add(path.saved(), Placing.REPLACED);
                    return false;
                }
                metadata.apply(held.inode(), new Metadata.Made(made, target.site().handsDownLists()), entry, path.saved());
            }
            return placing.place(above, temporary, made, path, entry.mtime());
        } catch (PosixException e) {
            placing.problem(path, e);
            placing.drop(path, temporary, made);
            return false;
        }
    }

    FileInMaking file(TargetPath path, Entry entry) {
        FileInMaking begun = remains.half(path, entry);
        return begun == null ? new FileInMaking(path, entry, temporaries.next()) : begun;
    }

    /** What earlier attempts left. */
    Remains remains() {
        return remains;
    }

    /** Writes a part of a file; if that fails, the file is given up. */
    void write(FileInMaking file, long at, byte[] bytes, int from, int length) {
        if (file.broken) {
            return;
        }
        try {
            files.get(file).write(at, bytes, from, length);
            file.end = Math.max(file.end, at + length);
            tally.written(length);
        } catch (PosixException e) {
            placing.problem(file.path, e);
            abandon(file);
        }
    }

    /** Puts a complete file in its place. @return whether it is there now */
    boolean finish(FileInMaking file) {
        try {
            OpenFile open = files.get(file);
            if (file.end != file.entry.size()) {
                open.truncate(file.entry.size());
            }
            metadata.apply(open.inode(), new Metadata.Made(file.made, file.lists), file.entry, file.path.saved());
            Directory above = target.above(file.path, true);
            if (file.unnamed) {
                boolean placed = placing.name(above, open, file.temporary, file.path, file.entry.mtime());
                files.close(file);
                if (!placed) {
                    return false;
                }
            } else {
                files.close(file);
                if (!placing.place(above, file.temporary, file.made, file.path, file.entry.mtime())) {
                    return false;
                }
            }
        } catch (PosixException e) {
            placing.problem(file.path, e);
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
        byte[] temporary = temporaries.next();
        FileStat made = null;
        try (Directory from = target.above(existing, false).reopen()) {
            Directory above = target.above(path, true);
            above.link(from, existing.name(), temporary);
            made = above.stat(temporary);
            boolean placed = placing.place(above, temporary, made, path, made.mtime());
            // If both names were the same file already, a rename does nothing.
            placing.drop(path, temporary, made);
            return placed;
        } catch (PosixException e) {
            placing.problem(path, e);
            placing.drop(path, temporary, made);
            return false;
        }
    }

    /** Removes what there is of a file; its problem has been told. */
    void abandon(FileInMaking file) {
        files.close(file);
        file.broken = true;
        placing.drop(file.path, file.temporary, file.made);
    }

    /** Gives a directory its attributes, after everything in it. */
    void finishDirectory(TargetPath path, Entry entry) {
        try {
            metadata.apply(target.directory(path).inode(), null, entry, path.saved());
        } catch (PosixException e) {
            placing.problem(path, e);
        }
    }

    @Override
    public void close() {
        files.close();
        temporaries.close();
    }
}
