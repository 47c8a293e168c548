package org.azekura.client.blocks;

import org.azekura.client.posix.FileStat;

/** What a map's file is called: other after every change that the file system tells of, but for one chance in 2^64. */
public final class MapName {

    private MapName() {}

    static long of(FileStat stat) {
        return of(stat.inode(), stat.size(), stat.mtimeSecond(), stat.mtimeNano(), stat.ctimeSecond(), stat.ctimeNano());
    }

    /** From what the cache keeps of a file. The device is left out: its number changes when a system starts again. */
    public static long of(long inode, long size, long mtimeSecond, int mtimeNano, long ctimeSecond, int ctimeNano) {
        long name = mix(inode);
        name = mix(name + size);
        name = mix(name + mtimeSecond);
        name = mix(name + mtimeNano);
        name = mix(name + ctimeSecond);
        return mix(name + ctimeNano);
    }

    /** The last steps of SplitMix64: every bit of the result depends on every bit. */
    private static long mix(long from) {
        long bits = from + 0x9e3779b97f4a7c15L;
        bits = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
        return bits ^ bits >>> 31;
    }

    static String text(long name) {
        return "%016x".formatted(name);
    }
}
