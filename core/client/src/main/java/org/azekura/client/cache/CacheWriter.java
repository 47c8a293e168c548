package org.azekura.client.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.SnapshotId;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.EntryCodec;

/** Writes the cache of the snapshot that is being made. One thread. */
public final class CacheWriter implements AutoCloseable {

    private static final int BLOCK_BYTES = 32 << 10;

    private final SnapshotId snapshot;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10);
    private final SegmentUse use = new SegmentUse();
    private long written;
    private long entries;

    /** A cache of what there was so far: the first {@code bytes} of the file, with {@code entries} in all. */
    public record Cut(SnapshotId snapshot, long bytes, long entries) {}

    CacheWriter(Path file, SnapshotId snapshot, Instant started) throws IOException {
        this.snapshot = snapshot;
        channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        buffer.putInt(CacheForm.MAGIC);
        snapshot.write(buffer);
        buffer.putLong(started.getEpochSecond()).putInt(started.getNano());
    }

    /** What is compared as size: directories have none of their own. */
    static long size(FileStat stat) {
        return stat.type() == FileType.DIRECTORY ? 0 : stat.size();
    }

    private long position() {
        return written + buffer.position();
    }

    private void put(byte[] bytes, int length) throws IOException {
        for (int from = 0; from < length;) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int part = Math.min(buffer.remaining(), length - from);
            buffer.put(bytes, from, part);
            from += part;
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            written += channel.write(buffer);
        }
        buffer.clear();
    }

    /** Begins a directory; others may be begun and finished before it is finished. */
    public DirectoryWriter directory() {
        return new DirectoryWriter();
    }

    /** Takes the entries of one directory, in order. */
    public final class DirectoryWriter {

        private byte[] block = new byte[512];
        private int used;
        private long mine;
        private final List<long[]> blocks = new ArrayList<>(1);

        private DirectoryWriter() {}

        /** Adds an entry of the last snapshot as it was. {@code child}: what {@link #finish} gave for a sub-directory, else 0 */
        public void same(CachedEntry entry, long child) throws IOException, BackupException {
            byte[] record = entry.record();
            ByteBuffer.wrap(record).putLong(CacheForm.CHILD_AT, child);
            long segment = entry.segment();
            if (segment != 0) {
                use.add(segment, entry.segmentSize(), entry.size());
            }
            append(record);
        }

        public void add(Entry entry, FileStat stat, long child) throws IOException {
            append(record(entry, stat, child, entry.unstable() || entry.mtime() == null));
            use.add(entry.content());
        }

        private static byte[] record(Entry entry, FileStat stat, long child, boolean unstable) {
            byte[] encoded = EntryCodec.encode(entry);
            byte[] name = entry.name();
            ByteBuffer record = ByteBuffer.allocate(CacheForm.NAME_AT + name.length + encoded.length);
            record.putInt(record.capacity()).put((byte) stat.type().ordinal()).put((byte) (unstable ? 1 : 0)).putShort((short) name.length);
            record.putLong(stat.inode()).putLong(stat.device()).putLong(child).putLong(size(stat));
            record.putLong(stat.mtimeSecond()).putLong(stat.ctimeSecond()).putInt(stat.mtimeNano()).putInt(stat.ctimeNano());
            record.putLong(entry.linkGroup()).putLong(SegmentUse.segment(entry.content())).put(name).put(encoded);
            return record.array();
        }

        private void append(byte[] record) throws IOException {
            if (used > 0 && used + record.length > BLOCK_BYTES) {
                endBlock();
            }
            if (used + record.length > block.length) {
                block = Arrays.copyOf(block, Math.max(used + record.length, Math.min(2 * block.length, BLOCK_BYTES)));
            }
            System.arraycopy(record, 0, block, used, record.length);
            used += record.length;
            mine++;
            entries++;
        }

        private void endBlock() throws IOException {
            blocks.add(new long[] {position(), used});
            CacheWriter.this.put(block, used);
            used = 0;
        }

        /** @return where the directory is */
        public long finish(ChunkId tree, List<ChunkId> pages) throws IOException {
            if (used > 0) {
                endBlock();
            }
            return put(tree, mine, pages, blocks);
        }

        /**
         * Writes what there is so far, as a directory that is open: nobody knows its tree. It goes on afterwards.
         *
         * @param below the directory in it that is open as well, without its tree; null if none is
         * @param child what this gave for {@code below}
         * @return where the directory is, for {@link CacheWriter#cut}
         */
        public long cut(Entry below, FileStat stat, long child) throws IOException {
            if (used > 0) {
                endBlock();
            }
            List<long[]> all = new ArrayList<>(blocks);
            if (below != null) {
                byte[] record = record(below, stat, child, true);
                all.add(new long[] {position(), record.length});
                CacheWriter.this.put(record, record.length);
            }
            return put(CacheForm.OPEN, mine + (below == null ? 0 : 1), List.of(), all);
        }

        private long put(ChunkId tree, long entries, List<ChunkId> pages, List<long[]> blocks) throws IOException {
            ByteBuffer out = ByteBuffer.allocate(CacheForm.DIRECTORY_BYTES + pages.size() * 32 + blocks.size() * 12);
            tree.write(out);
            out.putLong(entries).putInt(pages.size()).putInt(blocks.size());
            pages.forEach(page -> page.write(out));
            blocks.forEach(b -> out.putLong(b[0]).putInt((int) b[1]));
            long at = position();
            CacheWriter.this.put(out.array(), out.capacity());
            return at;
        }
    }

    /**
     * Makes what was written so far a cache of its own, which is in the file but not durable. Writing goes on behind it. How segments are used
     * is not in it: the files of one may be on both sides.
     *
     * @param root what {@link DirectoryWriter#cut} gave for the root directory
     */
    public Cut cut(long root) throws IOException {
        trailer(root, position(), 0);
        flush();
        return new Cut(snapshot, written, entries);
    }

    /** Makes durable what was written so far; also called beside writing, by another thread. */
    void force() throws IOException {
        channel.force(false);
    }

    private void trailer(long root, long uses, int count) throws IOException {
        long size = position() + CacheForm.TRAILER_BYTES;
        put(ByteBuffer.allocate(CacheForm.TRAILER_BYTES).putLong(root).putLong(uses).putInt(count).putLong(size).putInt(CacheForm.MAGIC).array(), CacheForm.TRAILER_BYTES);
    }

    /** Ends the file and makes it durable. */
    public void finish(long root) throws IOException {
        long uses = position();
        put(use.encoded(), use.count() * SegmentUse.RECORD_BYTES);
        trailer(root, uses, use.count());
        flush();
        channel.force(true);
    }

    /** Leaves the file as it is; without {@link #finish} it is no cache. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
