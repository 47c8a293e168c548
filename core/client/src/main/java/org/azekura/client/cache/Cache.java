package org.azekura.client.cache;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.azekura.api.SnapshotId;
import org.azekura.client.posix.FileStat;

/** The trees of a save set's last snapshot, memory-mapped. One thread at a time; nothing of it is used after {@link #close}. */
public final class Cache implements AutoCloseable {

    /** File systems stamp changes with a clock that may lag behind by so much. */
    private static final long UNSETTLED_SECONDS = 2;

    private final Arena arena;
    private final MemorySegment bytes;
    private final SnapshotId snapshot;
    private final long settledBefore;
    private final SegmentUse use = new SegmentUse();
    private Cache behind;

    private Cache(Arena arena, MemorySegment bytes) {
        this.arena = arena;
        this.bytes = bytes;
        this.snapshot = SnapshotId.read(ByteBuffer.wrap(bytes.asSlice(4, SnapshotId.BYTES).toArray(ValueLayout.JAVA_BYTE)));
        this.settledBefore = bytes.get(CacheForm.LONG, 4 + SnapshotId.BYTES) - UNSETTLED_SECONDS;
        long trailer = bytes.byteSize() - CacheForm.TRAILER_BYTES;
        long from = bytes.get(CacheForm.LONG, trailer + 8);
        int count = bytes.get(CacheForm.INT, trailer + 16);
        for (long at = from; at < from + (long) count * SegmentUse.RECORD_BYTES; at += SegmentUse.RECORD_BYTES) {
            use.add(bytes.get(CacheForm.LONG, at), bytes.get(CacheForm.INT, at + 8), bytes.get(CacheForm.LONG, at + 12));
        }
    }

    SegmentUse use() {
        return use;
    }

    /** 0 if nothing is known of it here nor in the cache behind. */
    int segmentSize(long segment) {
        int here = use.size(segment);
        return here != 0 || behind == null ? here : behind.segmentSize(segment);
    }

    /** @throws IOException if it cannot be read, or is not a whole cache */
    static Cache open(Path file) throws IOException {
        return open(file, Files.size(file));
    }

    /** @param size how much of the file is the cache */
    static Cache open(Path file, long size) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < size) {
                throw new IOException(file + " has " + channel.size() + " bytes, expected " + size);
            }
            if (size < CacheForm.HEAD_BYTES + CacheForm.DIRECTORY_BYTES + CacheForm.TRAILER_BYTES) {
                throw new IOException(file + " has " + size + " bytes, too few for a cache");
            }
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            long trailer = size - CacheForm.TRAILER_BYTES;
            long root = bytes.get(CacheForm.LONG, trailer);
            if (bytes.get(CacheForm.INT, 0) != CacheForm.MAGIC || bytes.get(CacheForm.INT, size - 4) != CacheForm.MAGIC
                    || bytes.get(CacheForm.LONG, trailer + 20) != size || root < CacheForm.HEAD_BYTES || root >= trailer) {
                throw new IOException(file + " is not a whole cache");
            }
            return new Cache(arena, bytes);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    MemorySegment bytes() {
        return bytes;
    }

    public SnapshotId snapshot() {
        return snapshot;
    }

    /**
     * The directory {@code /} of an attempt at a snapshot that was cut off, and behind it that of the last snapshot. Both caches must stay open.
     *
     * @param partial null if there was none
     * @param parent  null if there is none
     * @return null if there is neither
     */
    public static CachedDirectory root(Cache partial, Cache parent) {
        if (partial != null) {
            partial.behind = parent;
        }
        return CachedDirectory.of(partial == null ? null : partial.root(), parent == null ? null : parent.root());
    }

    /** The directory {@code /}. */
    public CachedDirectory root() {
        return new CachedDirectory(this, bytes.get(CacheForm.LONG, bytes.byteSize() - CacheForm.TRAILER_BYTES), null);
    }

    boolean settled(FileStat stat) {
        return stat.ctimeSecond() < settledBefore;
    }

    @Override
    public void close() {
        arena.close();
    }
}
