package org.azekura.cli.mount;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import org.azekura.engine.tree.Entry;

/**
 * Says of an entry what {@code struct stat} says, as Linux has it on this machine.
 *
 * @param undated the time of what was saved without one
 */
record Attributes(Instant undated) {


    private static final int DIRECTORY = 0040000;
    private static final int ROOT_MODE = DIRECTORY | 0755;
    private static final int BLOCK = 512;
    private static final int BLOCK_SIZE = 4096;
    private static final Form FORM = System.getProperty("os.arch").equals("aarch64") ? new Form(20, 16, 24, 28, 32) : new Form(16, 24, 28, 32, 40);

    /** Where the fields lie that do not lie in the same place everywhere. */
    private record Form(int links, int mode, int uid, int gid, int device) {

        boolean narrow() {
            return links == 20;
        }
    }

    /** Of a {@code struct stat}. */
    static final int BYTES = FORM.narrow() ? 128 : 144;

    void root(MemorySegment stat) {
        stat.fill((byte) 0);
        stat.set(JAVA_LONG_UNALIGNED, 8, Nodes.ROOT);
        owner(stat, ROOT_MODE, 1, 0, 0);
        time(stat, 72, undated);
        time(stat, 88, undated);
        time(stat, 104, undated);
    }

    void of(long number, Item item, MemorySegment stat) {
        Entry entry = item.entry();
        stat.fill((byte) 0);
        stat.set(JAVA_LONG_UNALIGNED, 8, number);
        // how many directories are in one nobody has counted, and 1 says just that
        owner(stat, type(entry.type()) | entry.mode(), entry.type() == Entry.Type.DIRECTORY ? 1 : item.names(), entry.uid(), entry.gid());
        stat.set(JAVA_LONG_UNALIGNED, FORM.device, device(entry.major(), entry.minor()));
        stat.set(JAVA_LONG_UNALIGNED, 48, entry.target() == null ? entry.size() : entry.target().length);
        if (FORM.narrow()) {
            stat.set(JAVA_INT_UNALIGNED, 56, BLOCK_SIZE);
        } else {
            stat.set(JAVA_LONG_UNALIGNED, 56, BLOCK_SIZE);
        }
        stat.set(JAVA_LONG_UNALIGNED, 64, (item.stored() + BLOCK_SIZE - 1) / BLOCK_SIZE * (BLOCK_SIZE / BLOCK));
        Instant modified = entry.mtime() == null ? undated : entry.mtime();
        time(stat, 72, modified);
        time(stat, 88, modified);
        time(stat, 104, entry.ctime() == null ? undated : entry.ctime());
    }

    /** For a listing, which says no more of an entry. */
    static void mode(MemorySegment stat, int mode) {
        stat.set(JAVA_INT_UNALIGNED, FORM.mode, mode);
    }

    private static void owner(MemorySegment stat, int mode, int links, int uid, int gid) {
        if (FORM.narrow()) {
            stat.set(JAVA_INT_UNALIGNED, FORM.links, links);
        } else {
            stat.set(JAVA_LONG_UNALIGNED, FORM.links, links);
        }
        stat.set(JAVA_INT_UNALIGNED, FORM.mode, mode);
        stat.set(JAVA_INT_UNALIGNED, FORM.uid, uid);
        stat.set(JAVA_INT_UNALIGNED, FORM.gid, gid);
    }

    private static void time(MemorySegment stat, int at, Instant time) {
        stat.set(JAVA_LONG_UNALIGNED, at, time.getEpochSecond());
        stat.set(JAVA_LONG_UNALIGNED, at + 8, time.getNano());
    }

    /** The file system's bits of a mode. */
    static int type(Entry.Type type) {
        return switch (type) {
            case FIFO -> 0010000;
            case CHARACTER -> 0020000;
            case DIRECTORY -> DIRECTORY;
            case BLOCK -> 0060000;
            case FILE -> 0100000;
            case SYMLINK -> 0120000;
            case SOCKET -> 0140000;
        };
    }

    /** As {@code makedev} has it. */
    static long device(int major, int minor) {
        return (major & 0xfffff000L) << 32 | (major & 0xfffL) << 8 | (minor & 0xffffff00L) << 12 | minor & 0xffL;
    }
}
