package org.azekura.client.collect;

import java.io.IOException;
import org.azekura.api.BackupException;
import org.azekura.client.cache.CachedEntry;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.azekura.client.posix.OpenFile;
import org.azekura.client.posix.PosixException;
import org.azekura.client.stream.IncomingStream;
import org.azekura.engine.tree.Entry;

/** Reads the content of regular files and sends it on its way. One thread. */
final class ContentReader {

    /**
     * What was read. {@code stat}: as the file was afterwards; {@code size}: bytes read; {@code unstable}: it changed meanwhile; {@code attributes}:
     * null until they were read; a stream has neither those nor a stat
     */
    record Reading(PendingContent content, FileStat stat, long size, boolean unstable, FileAttributes attributes) {

        Reading(PendingContent content, FileStat stat, long size, boolean unstable) {
            this(content, stat, size, unstable, null);
        }

        Reading with(FileAttributes found) {
            return new Reading(content, stat, size, unstable, found);
        }
    }

    private static final int SMALL_BOUND = 1 << 20;

    private final Segments segments;
    private final LargeReader large;
    private final Tally tally;
    private final Meter meter;
    private final int small;

    /** @param min of a chunk: smaller files go to segments */
    ContentReader(Segments segments, LargeReader large, int min, Tally tally, Meter meter) {
        this.meter = meter;
        this.segments = segments;
        this.large = large;
        this.tally = tally;
        this.small = small(min);
    }

    /** Bytes; shorter files go to segments. @param min of a chunk */
    static int small(int min) {
        return Math.min(min, SMALL_BOUND);
    }

    /**
     * Reads a file; if it changed meanwhile, once again.
     *
     * @param walked how the walk has seen it, just before
     * @param known what the parent snapshot has under this name, null if nothing: a small file that turns out to be the same keeps its
     *              old place, so that an unchanged tree stores nothing even where its times tell nothing; of a large one what stayed does
     * @param ahead what a reader has read of it ahead of the walk, null if nothing
     * @return null if it is no regular file any more
     * @throws IOException if it cannot be read
     */
    Reading read(Directory directory, byte[] name, FileStat walked, CachedEntry known, ReadFile ahead) throws IOException, BackupException {
        Entry entry = known == null ? null : known.entry();
        if (ahead != null && ahead.is(walked)) {
            segments.read(ahead.bytes(), ahead.length());
            tally.bytes(ahead.length());
            return new Reading(small(ahead.length(), entry), ahead.after(), ahead.length(), false, ahead.attributes());
        }
        long begin = meter.now();
        try (OpenFile file = directory.read(name)) {
            Reading reading = readAtOnce(file, walked, entry, begin);
            if (reading == null) {
                reading = read(file, known);
            }
            return reading == null ? null : reading.with(FileAttributes.of(file));
        }
    }

    /** Most files are small, and have not changed since the walk has seen them: one look afterwards tells. @return null if that does not do */
    private Reading readAtOnce(OpenFile file, FileStat walked, Entry known, long begin) throws IOException, BackupException {
        if (walked.size() >= small || walked.maybeSparse()) {
            return null;
        }
        int read;
        try {
            read = segments.read(file, (int) walked.size());
        } catch (PosixException e) {
            // It may be no regular file any more, or be read at the second try.
            return null;
        }
        FileStat after = file.stat();
        meter.took(begin, read);
        if (read != walked.size() || !after.sameContent(walked)) {
            return null;
        }
        tally.bytes(read);
        return new Reading(small(read, known), after, read, false);
    }

    private Reading read(OpenFile file, CachedEntry known) throws IOException, BackupException {
        Entry entry = known == null ? null : known.entry();
        FileStat before = file.stat();
        for (boolean again = false;; again = true) {
            if (before.type() != FileType.FILE) {
                return null;
            }
            long counted = tally.bytes();
            Reading reading = isSmall(file, before) ? readSmall(file, before, entry, again)
                    : large.read(file, before, entry == null ? null : new LargeReader.Known(known.mapName(), entry));
            if (reading.unstable && !again) {
                tally.bytes(counted - tally.bytes());
                large.drop(reading.content);
                before = reading.stat;
            } else {
                return reading;
            }
        }
    }

    /** Reads a stream to its end. */
    Reading read(IncomingStream stream) throws IOException, BackupException {
        byte[] head = new byte[small];
        int read = stream.read(head, 0, small);
        if (read < small) {
            segments.read(head, read);
            tally.bytes(read);
            return new Reading(small(read, null), null, read, false);
        }
        return large.read((at, into, offset, wanted) -> {
            int known = at == 0 ? small : 0;
            System.arraycopy(head, 0, into, offset, known);
            return known + stream.read(into, offset + known, wanted - known);
        });
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
}
