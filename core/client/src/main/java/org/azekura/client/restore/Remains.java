package org.azekura.client.restore;

import org.azekura.api.Overwrite;
import org.azekura.api.message.RestorePoint;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;
import org.azekura.engine.tree.Entry;

/** Finds in the target what earlier attempts left there. One thread. */
final class Remains {

    private final Target target;
    private final Overwrite overwrite;
    private final Earlier earlier;
    private final Leftovers leftovers;

    Remains(Target target, Overwrite overwrite, Earlier earlier, Leftovers leftovers) {
        this.target = target;
        this.overwrite = overwrite;
        this.earlier = earlier;
        this.leftovers = leftovers;
    }

    /** The file as an earlier attempt left it; null if none did, or it is not there any more as it was. */
    FileInMaking half(TargetPath path, Entry entry) {
        RestorePoint.Half half = earlier.half(path);
        if (half == null || !TemporaryNames.isTemporary(half.temporary())) {
            return null;
        }
        try (OpenFile open = target.above(path, true).write(half.temporary())) {
            FileStat there = open.stat();
            if (!earlier.isHalf(there, half)) {
                return null;
            }
            FileInMaking file = new FileInMaking(path, entry, half.temporary());
            file.made = there;
            file.lists = half.lists();
            file.end = half.end();
            file.have = half.to();
            half.gaps().forEach(gap -> file.gap(gap.from(), gap.to() - gap.from()));
            return file;
        } catch (PosixException e) {
            return null;
        }
    }

    /** Whether an earlier attempt at a plan in no order has made this durable, and nobody has changed it since. */
    boolean isRestored(TargetPath path, Entry entry) {
        if (!earlier.hasTime() || entry.type() == Entry.Type.DIRECTORY) {
            return false;
        }
        try {
            FileStat there = target.above(path, false).find(path.name());
            return there != null && earlier.restored(there, entry.mtime());
        } catch (PosixException e) {
            return false;
        }
    }

    /** What there is of an entry that an earlier attempt was through with. */
    DoneEntries.Found find(TargetPath path, Entry entry) {
        try {
            Directory above = target.above(path, false);
            leftovers.nothingElse(above, path);
            FileStat there = above.find(path.name());
            return there == null ? DoneEntries.Found.NOTHING : earlier.placed(there, entry.mtime()) ? DoneEntries.Found.PLACED : DoneEntries.Found.OTHER;
        } catch (PosixException e) {
            return DoneEntries.Found.NOTHING;
        }
    }

    /** Whether a directory that an earlier attempt was through with gets its saved attributes in the end. */
    boolean getsAttributes(TargetPath path, Entry entry) {
        try {
            Directory above = target.above(path, false);
            FileStat there = above.find(path.name());
            return there != null && there.type() == FileType.DIRECTORY && getsAttributes(above, path, entry, there);
        } catch (PosixException e) {
            return false;
        }
    }

    /** The same for one that was found. */
    boolean getsAttributes(Directory above, TargetPath path, Entry entry, FileStat there) throws PosixException {
        return Policy.changes(overwrite, entry) || earlier.isAny() && earlier.made(there, above.born(path.name()));
    }
}
