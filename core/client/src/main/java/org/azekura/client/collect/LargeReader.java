package org.azekura.client.collect;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkSizes;
import org.azekura.client.blocks.BlockMaps;
import org.azekura.client.blocks.DamagedMapException;
import org.azekura.client.blocks.MapReader;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.Tally;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.OpenFile;
import org.azekura.engine.chunk.Chunker;
import org.azekura.engine.chunk.ChunkNamer;
import org.azekura.engine.tree.Entry;
import org.azekura.engine.tree.ExtentWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads large files, each beside its block map in the parent snapshot if there is one. One thread. */
final class LargeReader {

    /** What the parent snapshot has under a file's name. @param map what its block map is called */
    record Known(long map, Entry entry) {}

    private static final Logger LOG = LoggerFactory.getLogger(LargeReader.class);
    /** So many files may wait for names of chunks with their maps unfinished, each of which holds a buffer or two, and maybe a handle. */
    private static final int MAX_UNFINISHED = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /** When all that was stored for a file is so many times its size, it is cut as a whole again, lest dead bytes stay for ever. */
    private static final int DECAY = 2;

    private final Breaker breaker;
    private final Pipeline pipeline;
    private final ChunkNamer namer;
    private final BlockMaps maps;
    private final Tally tally;
    private final Chunker chunker;
    private final ChunkSizes sizes;
    private final Deque<ExtentContent> unfinished = new ArrayDeque<>();
    private final Readers readers = new Readers();
    private LargeFile.Tools tools;

    LargeReader(Breaker breaker, Pipeline pipeline, ChunkSizes sizes, byte[] idKey, ChunkNamer namer, BlockMaps maps, Tally tally) {
        this.breaker = breaker;
        this.pipeline = pipeline;
        this.namer = namer;
        this.maps = maps;
        this.sizes = sizes;
        this.chunker = new Chunker(sizes, idKey);
        this.tally = tally;
    }

    /** Made when the first large file is met: many backups have none. */
    private LargeFile.Tools tools() {
        if (tools == null) {
            tools = new LargeFile.Tools(breaker, pipeline, chunker, sizes, tally, new byte[2 * sizes.max()]);
        }
        return tools;
    }

    ContentReader.Reading read(LargeFile.Source stream) throws IOException, BackupException {
        ExtentContent content = new ExtentContent(new ExtentWriter(namer, pipeline::page), null);
        LargeFile reading = new LargeFile(tools(), content, null, null);
        long size = reading.region(stream, 0, Long.MAX_VALUE);
        content.end(null, size);
        return new ContentReader.Reading(content, null, size, false);
    }

    /** @param known null if there is nothing */
    ContentReader.Reading read(OpenFile file, FileStat before, Known known) throws IOException, BackupException {
        finishMaps();
        long counted = tally.bytes();
        try (MapReader parent = parent(known)) {
            return read(file, before, parent);
        } catch (DamagedMapException e) {
            LOG.warn("the block map of a file cannot be used, all of the file is cut: {}", e.getMessage());
            tally.bytes(counted - tally.bytes());
        }
        return read(file, before, (MapReader) null);
    }

    private MapReader parent(Known known) {
        return known == null ? null : maps.find(known.map, known.entry.content());
    }

    private ContentReader.Reading read(OpenFile file, FileStat before, MapReader parent) throws IOException, BackupException {
        boolean mapped = before.size() >= BlockMaps.MIN_FILE_BYTES;
        ExtentContent content = new ExtentContent(new ExtentWriter(namer, pipeline::page), mapped ? maps.begin(parent) : null);
        try {
            MapReader compared = parent != null && parent.stored() <= DECAY * before.size() ? parent : null;
            LargeFile reading = new LargeFile(tools(), content, content.map(), compared);
            long end = regions(file, before.size(), before.maybeSparse(), reading, content);
            reading.end();
            FileStat after = file.stat();
            content.end(after, reading.stored() + (reading.kept() > 0 ? parent.stored() : 0));
            unfinished.add(content);
            return new ContentReader.Reading(content, after, end, end < before.size() || !after.sameContent(before));
        } catch (IOException | BackupException | RuntimeException e) {
            content.discard();
            throw e;
        }
    }

    /** @return where the file ended: before {@code size} if it has become shorter */
    private long regions(OpenFile file, long size, boolean sparse, LargeFile reading, ExtentContent content) throws IOException, BackupException {
        LargeFile.Source source = new AheadFile(file::read, file::willNeed, size, readers, System::nanoTime);
        for (long at = 0; at < size;) {
            long data = sparse ? file.nextData(at) : at;
            if (data < 0 || data > size) {
                data = size;
            }
            if (data > at) {
                content.addHole(data - at);
                tally.bytes(data - at);
            }
            long end = !sparse || data == size ? size : Math.min(file.nextHole(data), size);
            at = reading.region(source, data, end);
            if (at < end) {
                return at;
            }
        }
        return size;
    }

    /** Takes back what was read last. */
    void drop(PendingContent content) {
        if (!unfinished.isEmpty() && unfinished.peekLast() == content) {
            unfinished.removeLast().discard();
        }
    }

    /** Maps are finished as soon as all is named, whatever waits in the trees before their files. */
    private void finishMaps() throws BackupException {
        while (!unfinished.isEmpty()) {
            ExtentContent eldest = unfinished.peek();
            if (!eldest.ready()) {
                if (unfinished.size() < MAX_UNFINISHED) {
                    return;
                }
                breaker.await(eldest::isNamed, "the names of chunks", PATIENCE);
                continue;
            }
            eldest.content();
            unfinished.remove();
        }
    }
}
