package org.azekura.client.posix;

import java.time.Instant;
import java.time.temporal.ChronoField;

/**
 * What {@code statx} tells of an entry. Times are kept as numbers because millions are compared and few are used.
 *
 * @param mode   permission bits with set-ids and sticky, no type
 * @param size   bytes
 * @param blocks units of 512 bytes that are allocated
 * @param device major number in the high, minor in the low half; so is {@code special}, which counts for devices only
 */
public record FileStat(FileType type, int mode, int uid, int gid, int links, long inode, long device, long size, long blocks,
        long mtimeSecond, int mtimeNano, long ctimeSecond, int ctimeNano, long special) {

    /** The next to it that can be told if it is one of those that cannot. */
    public Instant mtime() {
        return instant(mtimeSecond, mtimeNano);
    }

    /** The next to it that can be told if it is one of those that cannot. */
    public Instant ctime() {
        return instant(ctimeSecond, ctimeNano);
    }

    /** Whether both times can be told: those beyond the year one thousand million cannot, which a damaged file system may have. */
    public boolean timesCanBeTold() {
        return canBeTold(mtimeSecond) && canBeTold(ctimeSecond);
    }

    private static boolean canBeTold(long second) {
        return second >= Instant.MIN.getEpochSecond() && second <= Instant.MAX.getEpochSecond();
    }

    static Instant instant(long second, int nano) {
        if (canBeTold(second)) {
            return Instant.ofEpochSecond(second).with(ChronoField.NANO_OF_SECOND, Math.clamp(nano, 0, 999_999_999));
        }
        return second < 0 ? Instant.MIN : Instant.MAX;
    }

    public int major() {
        return (int) (special >>> 32);
    }

    public int minor() {
        return (int) special;
    }

    /** Whether both are the same inode on the same file system. */
    public boolean sameInode(FileStat other) {
        return inode == other.inode && device == other.device;
    }

    /** Whether the content cannot have changed between the two, as far as the file system tells. */
    public boolean sameContent(FileStat other) {
        return type == other.type && size == other.size && sameInode(other)
                && mtimeSecond == other.mtimeSecond && mtimeNano == other.mtimeNano
                && ctimeSecond == other.ctimeSecond && ctimeNano == other.ctimeNano;
    }

    /** Whether fewer blocks are allocated than the size needs: there may be holes. */
    public boolean maybeSparse() {
        return blocks * 512 < size;
    }
}
