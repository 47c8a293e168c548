package org.azekura.client.mount;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;
import org.azekura.api.message.RestoreBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets what comes next of files that are read from front to back, while what came is on its way to the reader. Safe for any number of threads. */
final class ReadAhead {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);
    private static final long AHEAD = 6 << 20;
    /** The kernel reads ahead itself, and its reads overtake each other. */
    private static final long SLACK = 1 << 20;
    private static final int MAX_FILES = 64;

    private final FileBytes files;
    private final Chunks chunks;
    private final ExecutorService thread;
    private final AtomicBoolean busy = new AtomicBoolean();
    /** Where the last read of a file ended. */
    private final Map<RawPath, Long> ends = new LinkedHashMap<>(16, 0.75f, true);

    /** @param thread that reads ahead */
    ReadAhead(FileBytes files, Chunks chunks, ExecutorService thread) {
        this.files = files;
        this.chunks = chunks;
        this.thread = thread;
    }

    /** These bytes were read just now. */
    void read(RawPath file, long from, long to) {
        if (goesOn(file, from, to) && busy.compareAndSet(false, true)) {
            thread.execute(() -> {
                try {
                    for (RestoreBatch.ChunkKey key : files.ahead(file, to, to + AHEAD)) {
                        chunks.get(List.of(key));
                    }
                } catch (BackupException e) {
                    LOG.debug("reading ahead in {}: {}", file, e.getMessage());
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private synchronized boolean goesOn(RawPath file, long from, long to) {
        Long before = ends.put(file, to);
        if (ends.size() > MAX_FILES) {
            var oldest = ends.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return before != null && Math.abs(from - before) <= SLACK;
    }
}
