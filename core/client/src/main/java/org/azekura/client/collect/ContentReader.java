package org.azekura.client.collect;

import java.io.IOException;
import java.util.Arrays;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;
import org.azekura.client.stream.PipedStream;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.chunk.Chunker;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.ExtentWriter;

/** Reads the content of regular files and sends it on its way. One thread. */
final class ContentReader {

    /** Gives bytes from a position on; fewer than wanted only at the end. */
    @FunctionalInterface
    private interface Source {
        int read(long at, byte[] into, int offset, int wanted) throws IOException, BackupException;
    }

    /** What was read. {@code stat}: as the file was afterwards, null for a stream; {@code size}: bytes read; {@code unstable}: it changed meanwhile */
    record Reading(PendingContent content, FileStat stat, long size, boolean unstable) {}

    private static final int SMALL_BOUND = 1 << 20;

    private final Breaker breaker;
    private final Pipeline pipeline;
    private final Segments segments;
    private final Chunker chunker;
    private final ChunkNamer namer;
    private final ChunkSizes sizes;
    private final Tally tally;
    private final int small;
    private byte[] buffer;

    ContentReader(Breaker breaker, Pipeline pipeline, Segments segments, ChunkSizes sizes, byte[] idKey, ChunkNamer namer, Tally tally) {
        this.breaker = breaker;
        this.pipeline = pipeline;
        this.segments = segments;
        this.chunker = new Chunker(sizes, idKey);
        this.namer = namer;
        this.sizes = sizes;
        this.tally = tally;
        this.small = Math.min(sizes.min(), SMALL_BOUND);
    }

    /**
     * Reads a file; if it changed meanwhile, once again.
     *
     * @param known what the parent snapshot has under this name, null if nothing: a small file that turns out to be the same keeps its
     *              old place, so that an unchanged tree stores nothing even where its times tell nothing
     * @return null if it is no regular file any more
     * @throws IOException if it cannot be read
     */
    Reading read(Directory directory, byte[] name, Entry known) throws IOException, BackupException {
        try (OpenFile file = directory.read(name)) {
            FileStat before = file.stat();
            for (boolean again = false;; again = true) {
                if (before.type() != FileType.FILE) {
                    return null;
                }
                long counted = tally.bytes();
                Reading reading = isSmall(file, before) ? readSmall(file, before, known, again) : readLarge(file, before);
                if (reading.unstable && !again) {
                    tally.bytes(counted - tally.bytes());
                    before = reading.stat;
                } else {
                    return reading;
                }
            }
        }
    }

    /** Reads a stream to its end. */
    Reading read(PipedStream stream) throws IOException, BackupException {
        byte[] head = new byte[small];
        int read = stream.read(head, 0, small);
        if (read < small) {
            segments.read(head, read);
            tally.bytes(read);
            return new Reading(small(read, null), null, read, false);
        }
        ExtentContent content = new ExtentContent(new ExtentWriter(namer, pipeline::page));
        long size = readRegion((at, into, offset, wanted) -> {
            int known = at == 0 ? small : 0;
            System.arraycopy(head, 0, into, offset, known);
            return known + stream.read(into, offset + known, wanted - known);
        }, 0, Long.MAX_VALUE, content);
        return new Reading(content, null, size, false);
    }

    /** Few blocks need not mean holes: a file system may compress, or tell of none at all. */
    private boolean isSmall(OpenFile file, FileStat stat) throws PosixException {
        return stat.size() < small && (!stat.maybeSparse() || file.nextHole(0) >= stat.size());
    }

    private Reading readSmall(OpenFile file, FileStat before, Entry known, boolean last) throws IOException, BackupException {
        int read = segments.read(file, (int) before.size());
        FileStat after = file.stat();
        boolean unstable = read != before.size() || !after.sameContent(before);
        if (unstable && !last) {
            return new Reading(null, after, read, true);
        }
        tally.bytes(read);
        return new Reading(small(read, known), after, read, unstable);
    }

    private PendingContent small(int read, Entry known) throws BackupException {
        if (read == 0) {
            return new PendingContent.Known(new Entry.Content.None());
        }
        boolean same = known != null && known.size() == read && known.content() instanceof Entry.Content.Inline(var _, byte[] hash)
                && hash != null && segments.readAgain(read, hash);
        return same ? new PendingContent.Known(known.content()) : segments.keep(read);
    }

    private Reading readLarge(OpenFile file, FileStat before) throws IOException, BackupException {
        ExtentContent content = new ExtentContent(new ExtentWriter(namer, pipeline::page));
        long at = 0;
        boolean whole = true;
        while (at < before.size() && whole) {
            long data = before.maybeSparse() ? file.nextData(at) : at;
            if (data < 0 || data > before.size()) {
                data = before.size();
            }
            if (data > at) {
                content.addHole(data - at);
                tally.bytes(data - at);
            }
            long end = !before.maybeSparse() || data == before.size() ? before.size() : Math.min(file.nextHole(data), before.size());
            at = readRegion(file::read, data, end, content);
            whole = at == end;
        }
        FileStat after = file.stat();
        return new Reading(content, after, at, !whole || !after.sameContent(before));
    }

    /** @return where the data end: before {@code to} if the source ends there */
    private long readRegion(Source source, long from, long to, ExtentContent content) throws IOException, BackupException {
        if (buffer == null) {
            buffer = new byte[2 * sizes.max()];
        }
        long next = from;
        int begin = 0;
        int filled = 0;
        while (true) {
            if (filled - begin < sizes.max() && next < to) {
                System.arraycopy(buffer, begin, buffer, 0, filled - begin);
                filled -= begin;
                begin = 0;
                int wanted = (int) Math.min(buffer.length - filled, to - next);
                int read = source.read(next, buffer, filled, wanted);
                filled += read;
                next += read;
                if (read < wanted) {
                    to = next;
                }
            }
            if (begin == filled) {
                return next;
            }
            int length = chunker.cut(buffer, begin, filled, next == to);
            ChunkName name = new ChunkName();
            pipeline.data(name, Arrays.copyOfRange(buffer, begin, begin + length), length);
            content.add(name, length);
            tally.bytes(length);
            begin += length;
            breaker.check();
        }
    }
}
