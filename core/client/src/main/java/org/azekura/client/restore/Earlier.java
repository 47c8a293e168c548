package org.azekura.client.restore;

import java.time.Duration;
import java.time.Instant;
import org.azekura.api.message.ClientOrder;
import org.azekura.api.message.RestorePoint;
import org.azekura.client.posix.Accounts;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;

/**
 * What attempts at the same restore that were cut off have left in the target, and how to tell it from what others put there: it was made
 * since the first of them began, and has the saved time of modification, which whatever changes it changes, too. Immutable.
 */
final class Earlier {

    /** There were none. */
    static final Earlier NONE = new Earlier(null, null);

    /** A file system's clock is a little behind that of the system; ages are told in seconds. */
    private static final Duration MARGIN = Duration.ofSeconds(3);
    /** How a directory is made: nobody gets in until it has its attributes. */
    static final int DIRECTORY_MODE = 0700;

    /** Null if there were none. */
    private final Instant since;
    /** Null if nothing is known of how far they came. */
    private final RestorePoint point;

    private Earlier(Instant since, RestorePoint point) {
        this.since = since;
        this.point = point;
    }

    /** @param known null if there were none */
    static Earlier of(ClientOrder.Earlier known) {
        return known == null ? NONE : new Earlier(Instant.now().minusSeconds(known.age()).minus(MARGIN), known.point());
    }

    boolean isAny() {
        return since != null;
    }

    /** How far they came; null if nothing is known of it. */
    RestorePoint point() {
        return point;
    }

    /** The part of this file that is there; null if none is. */
    RestorePoint.Half half(TargetPath path) {
        RestorePoint.Half half = point == null ? null : point.half();
        return half != null && half.path().equals(path.saved()) ? half : null;
    }

    /** Whether this is what they put there and nobody has changed since. @param saved when the saved entry was modified */
    boolean placed(FileStat there, Instant saved) {
        return since != null && saved != null && there.type() != FileType.DIRECTORY && isSince(there.ctime())
                && (there.mtime().equals(saved) || there.mtimeNano() == 0 && there.mtimeSecond() == saved.getEpochSecond());
    }

    /** Whether they can tell what they made durable by when it got its place. */
    boolean hasTime() {
        return point != null && point.until() != null;
    }

    /** Whether this is what they put there and made durable. */
    boolean restored(FileStat there, Instant saved) {
        return hasTime() && placed(there, saved) && there.ctime().isBefore(point.until());
    }

    /** Whether they made this directory. @param born when it was made; null if its file system does not tell */
    boolean made(FileStat directory, Instant born) {
        if (since == null) {
            return false;
        }
        return born != null ? isSince(born)
                : directory.mode() == DIRECTORY_MODE && directory.uid() == Accounts.self() && isSince(directory.ctime());
    }

    /** Whether this file that is open is the one that was in the making; what took its place gets nothing written into it. */
    boolean isHalf(FileStat file, RestorePoint.Half half) {
        return since != null && file.type() == FileType.FILE && file.inode() == half.inode() && file.uid() == Accounts.self()
                && file.links() == 1 && file.size() >= half.end() && isSince(file.ctime());
    }

    private boolean isSince(Instant time) {
        return !time.isBefore(since);
    }
}
