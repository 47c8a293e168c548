package org.azekura.client.restore;

import java.time.Instant;
import org.azekura.api.Overwrite;
import org.azekura.client.job.Problems;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.Errno;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;

/** Brings what is complete under its temporary name to its place, or away. One thread. */
final class Placing {

    static final String REPLACED = "cannot be restored: somebody else has replaced or removed what was being made";
    /** How often something may come and go where an entry is going to be. */
    private static final int TRIES = 10;

    private final Target target;
    private final Overwrite overwrite;
    private final Earlier earlier;
    private final Problems problems;
    private final Tally tally;

    Placing(Target target, Overwrite overwrite, Earlier earlier, Problems problems, Tally tally) {
        this.target = target;
        this.overwrite = overwrite;
        this.earlier = earlier;
        this.problems = problems;
        this.tally = tally;
    }

    /** Tells a path's problem. */
    void problem(TargetPath path, PosixException e) {
        problems.add(path.saved(), switch (e.errno()) {
            case Errno.ELOOP, Errno.ENOTDIR -> Policy.inTheWay(e.errno() == Errno.ELOOP, target.obstacle(path));
            case Errno.ESTALE -> REPLACED;
            default -> "cannot be restored: " + e.reason();
        });
    }

    /** @return whether what is there is replaced; if not, why is told */
    boolean mayReplace(TargetPath path, Instant saved, FileStat there) {
        String kept = earlier.placed(there, saved) ? null : Policy.kept(overwrite, there, saved, path.saved());
        if (kept != null) {
            problems.add(path.saved(), kept);
        }
        return kept == null;
    }

    /**
     * Gives a file without a name its place.
     *
     * @param temporary is used if something that is replaced has the name
     * @return whether it has its place now; if not, why is told
     */
    boolean name(Directory above, OpenFile file, byte[] temporary, TargetPath path, Instant saved) throws PosixException {
        for (int tried = 0;; tried++) {
            try {
                above.name(file, path.name());
                tally.file();
                return true;
            } catch (PosixException e) {
                if (e.errno() != Errno.EEXIST || tried == TRIES) {
                    throw e;
                }
            }
            FileStat there = above.find(path.name());
            if (there != null) {
                return mayReplace(path, saved, there) && replace(above, file, temporary, path, saved);
            }
        }
    }

    private boolean replace(Directory above, OpenFile file, byte[] temporary, TargetPath path, Instant saved) throws PosixException {
        above.name(file, temporary);
        FileStat made = file.stat();
        try {
            return place(above, temporary, made, path, saved);
        } catch (PosixException e) {
            drop(path, temporary, made);
            throw e;
        }
    }

    /** @return whether it has its place now; if not, it is removed and why is told */
    boolean place(Directory above, byte[] temporary, FileStat made, TargetPath path, Instant saved) throws PosixException {
        above.expect(temporary, made);
        if (take(above, temporary, path, saved)) {
            tally.file();
            return true;
        }
        drop(path, temporary, made);
        return false;
    }

    /** What was found when this was planned may be long past: whether something is there now is left to the kernel. */
    private boolean take(Directory above, byte[] temporary, TargetPath path, Instant saved) throws PosixException {
        for (int tried = 0; overwrite != Overwrite.ALWAYS; tried++) {
            try {
                above.renameToFree(temporary, path.name());
                return true;
            } catch (PosixException e) {
                if (e.errno() != Errno.EEXIST || tried == TRIES) {
                    throw e;
                }
            }
            FileStat there = above.find(path.name());
            if (there != null && !mayReplace(path, saved, there)) {
                return false;
            }
            if (there != null) {
                break;
            }
        }
        above.rename(temporary, path.name());
        return true;
    }

    /** @param made what to remove, if it still has this name; null if nothing was made */
    void drop(TargetPath path, byte[] temporary, FileStat made) {
        if (made == null) {
            return;
        }
        try {
            Directory above = target.above(path, false);
            FileStat there = above.find(temporary);
            if (there != null && there.sameInode(made)) {
                above.remove(temporary);
            }
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT) {
                return;
            }
            problems.add(path.saved(), "what is left of it cannot be removed: " + e.getMessage());
        }
    }
}
