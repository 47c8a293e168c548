package org.azekura.client.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.client.blocks.MapName;
import org.azekura.client.posix.FileStat;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;

/**
 * An entry of the last snapshot, read from the cache as far as it is asked for.
 *
 * @param ordinal its place in its directory, from 0
 * @param behind  what the last snapshot says of it if this is of a later attempt, else null
 */
public record CachedEntry(Cache cache, long at, long ordinal, CachedEntry behind) {

    /** Each may be null. */
    static CachedEntry of(CachedEntry first, CachedEntry behind) {
        return first == null ? behind : behind == null ? first : new CachedEntry(first.cache, first.at, first.ordinal, behind);
    }

    private MemorySegment bytes() {
        return cache.bytes();
    }

    int length() {
        return bytes().get(CacheForm.INT, at);
    }

    private int nameLength() {
        return bytes().get(CacheForm.SHORT, at + CacheForm.NAME_LENGTH_AT) & 0xffff;
    }

    int compareName(byte[] name) {
        MemorySegment mine = bytes().asSlice(at + CacheForm.NAME_AT, nameLength());
        long differ = MemorySegment.mismatch(mine, 0, mine.byteSize(), MemorySegment.ofArray(name), 0, name.length);
        if (differ < 0) {
            return 0;
        }
        if (differ == mine.byteSize() || differ == name.length) {
            return Long.compare(mine.byteSize(), name.length);
        }
        return Integer.compare(mine.get(ValueLayout.JAVA_BYTE, differ) & 0xff, name[(int) differ] & 0xff);
    }

    /**
     * Whether nothing tells that the entry changed since the last snapshot. A change time so near to that snapshot's start that a
     * later change may have left it the same tells nothing, nor does a file that changed while it was read, nor a directory
     * that only led to a root.
     */
    public boolean unchanged(FileStat stat) {
        MemorySegment b = bytes();
        return b.get(ValueLayout.JAVA_BYTE, at + CacheForm.TYPE_AT) == stat.type().ordinal()
                && b.get(ValueLayout.JAVA_BYTE, at + CacheForm.UNSTABLE_AT) == 0
                && b.get(CacheForm.LONG, at + CacheForm.INODE_AT) == stat.inode()
                && b.get(CacheForm.LONG, at + CacheForm.SIZE_AT) == CacheWriter.size(stat)
                && b.get(CacheForm.LONG, at + CacheForm.MTIME_SECOND_AT) == stat.mtimeSecond()
                && b.get(CacheForm.INT, at + CacheForm.MTIME_NANO_AT) == stat.mtimeNano()
                && b.get(CacheForm.LONG, at + CacheForm.CTIME_SECOND_AT) == stat.ctimeSecond()
                && b.get(CacheForm.INT, at + CacheForm.CTIME_NANO_AT) == stat.ctimeNano()
                && cache.settled(stat);
    }

    long segment() {
        return bytes().get(CacheForm.LONG, at + CacheForm.SEGMENT_AT);
    }

    long size() {
        return bytes().get(CacheForm.LONG, at + CacheForm.SIZE_AT);
    }

    /** How long the segment is that it is a slice of, as far as the cache can tell. */
    int segmentSize() throws BackupException {
        int known = cache.segmentSize(segment());
        return known != 0 ? known : SegmentUse.end(entry().content());
    }

    /** Whether it is a slice of a segment of which the last snapshot used less than half. */
    public boolean isWasteful() {
        long segment = segment();
        return segment != 0 && cache.use().isSparse(segment);
    }

    /** What the block map of this file is called. */
    public long mapName() {
        MemorySegment b = bytes();
        return MapName.of(b.get(CacheForm.LONG, at + CacheForm.INODE_AT), size(), b.get(CacheForm.LONG, at + CacheForm.MTIME_SECOND_AT),
                b.get(CacheForm.INT, at + CacheForm.MTIME_NANO_AT), b.get(CacheForm.LONG, at + CacheForm.CTIME_SECOND_AT),
                b.get(CacheForm.INT, at + CacheForm.CTIME_NANO_AT));
    }

    public long linkGroup() {
        return bytes().get(CacheForm.LONG, at + CacheForm.LINK_GROUP_AT);
    }

    /** The sub-directory's entries; null if this is none. */
    public CachedDirectory directory() {
        long child = bytes().get(CacheForm.LONG, at + CacheForm.CHILD_AT);
        CachedDirectory old = behind == null ? null : behind.directory();
        return child == 0 ? old : new CachedDirectory(cache, child, old);
    }

    /** @throws BackupException {@code entry.corrupt} if the cache was damaged */
    public Entry entry() throws BackupException {
        int from = CacheForm.NAME_AT + nameLength();
        return EntryCodec.decode(bytes().asSlice(at + from, length() - from).toArray(ValueLayout.JAVA_BYTE));
    }

    byte[] record() {
        return bytes().asSlice(at, length()).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public String toString() {
        return "cached entry at " + at + " " + Arrays.toString(record());
    }
}
