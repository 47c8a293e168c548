package org.azekura.extract;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.client.restore.ChunkSource;
import org.azekura.engine.chunk.ChunkKind;

/** Content from volumes: the next few chunks are read and opened while one is written. */
final class VolumeChunks implements ChunkSource, AutoCloseable {

    private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    /** Each at most some 9 MiB while it is opened. */
    private static final int AHEAD = 2 * THREADS;

    private final ChunkReader chunks;
    private final Notes notes;
    private final ExecutorService threads;
    private final int patience_s;

    private record Reading(ChunkId chunk, Future<ChunkReader.Opened> opened) {}

    VolumeChunks(ChunkReader chunks, Media media, Notes notes) {
        this.chunks = chunks;
        this.notes = notes;
        this.patience_s = media.patience_s();
        // On a tape who overtakes sends it back.
        this.threads = Executors.newFixedThreadPool(media.isOnTape() ? 1 : THREADS, Thread.ofPlatform().daemon().name("extract read ", 1).factory());
    }

    /** The plan has no keys: the reader opens by itself. */
    @Override
    public void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
        Iterator<ChunkId> next = wanted.keySet().iterator();
        Queue<Reading> ahead = new ArrayDeque<>();
        while (next.hasNext() || !ahead.isEmpty()) {
            while (next.hasNext() && ahead.size() < AHEAD) {
                ChunkId chunk = next.next();
                ahead.add(new Reading(chunk, threads.submit(() -> chunks.read(chunk, ChunkKind.DATA))));
            }
            Reading reading = ahead.remove();
            ChunkReader.Opened opened = await(reading);
            taker.take(reading.chunk, opened == null ? null : opened.plain(), opened == null ? 0 : opened.stored());
        }
    }

    private ChunkReader.Opened await(Reading reading) throws BackupException {
        try {
            return reading.opened.get(patience_s, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackupException damage) {
                notes.detail(damage.getMessage());
                return null;
            }
            throw BackupException.bug("chunk " + reading.chunk, e.getCause());
        } catch (TimeoutException e) {
            throw BackupException.device("device.timeout", reading.chunk.toString(), "chunk " + reading.chunk + " was not read within " + patience_s
                    + " s: a volume does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.device("device.interrupted", reading.chunk.toString(), "interrupted while chunk " + reading.chunk + " was read", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
