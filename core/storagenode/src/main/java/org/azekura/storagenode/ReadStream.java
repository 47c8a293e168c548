package org.azekura.storagenode;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.transport.Stream;
import org.azekura.engine.pack.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends chunks to a client, in the order asked. While one is sent the next are read. */
final class ReadStream {

    /** Frames in memory at once: at most two of five mebibytes. */
    private static final int AHEAD = 2;
    private static final Duration SEND = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(ReadStream.class);

    private record Reading(ChunkId chunk, ChunkIndex.Found found, Device.Call<ByteBuffer> call) {}

    private final NodeJob job;
    private final Stream stream;
    /** Packs that a damaged chunk was met in. */
    private final Set<KnownPack> damaged = new HashSet<>();

    ReadStream(NodeJob job, Stream stream) {
        this.job = job;
        this.stream = stream;
    }

    /** @throws BackupException if the device is gone or the client; a chunk that cannot be read is an empty frame */
    void run(List<ChunkId> chunks) throws BackupException {
        Iterator<ChunkId> next = chunks.iterator();
        Queue<Reading> ahead = new ArrayDeque<>();
        try {
            while (next.hasNext() || !ahead.isEmpty()) {
                while (next.hasNext() && ahead.size() < AHEAD) {
                    ahead.add(begin(next.next()));
                }
                stream.send(frame(ahead.remove()), SEND);
            }
        } finally {
            mark();
        }
        stream.endSending();
    }

    /** Once for the whole stream: a pack may have lost thousands of chunks. */
    private void mark() {
        try {
            for (KnownPack pack : damaged) {
                job.pool().device().call("note the damage of pack " + pack.id(), Pool.READ, store -> {
                    job.pool().marks().write(store, pack);
                    return null;
                });
            }
        } catch (BackupException e) {
            LOG.warn("job={} found damage that could not be noted on the volume: {}", job.order().job(), e.getMessage());
        }
    }

    private Reading begin(ChunkId chunk) throws BackupException {
        Pool pool = job.pool();
        ChunkIndex.Found found = pool.index().find(job.order().trustGroup(), chunk);
        if (found == null || found.length() > Stream.MAX_FRAME) {
            return new Reading(chunk, null, null);
        }
        return new Reading(chunk, found, pool.device().begin("read chunk " + chunk, Pool.READ, store -> {
            ByteBuffer into = ByteBuffer.allocate(found.length());
            store.read(VolumeKeys.pack(found.pack().id()), found.offset(), into);
            return into.flip();
        }));
    }

    private ByteBuffer frame(Reading reading) throws BackupException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        if (reading.call == null) {
            LOG.warn("job={} chunk {} is not on the volume of pool {}", job.order().job(), reading.chunk, job.order().pool());
            return nothing;
        }
        try {
            ByteBuffer frame = reading.call.await();
            ChunkId id = Frame.parse(frame).header().id();
            if (id.equals(reading.chunk)) {
                return frame;
            }
            throw BackupException.corrupt("frame.corrupt", reading.chunk.toString(), "found chunk " + id + ", expected " + reading.chunk);
        } catch (BackupException e) {
            switch (e.failure().code()) {
                case "device.closed", "device.timeout", "device.interrupted", "device.busy" -> throw e;
                case "frame.corrupt", "blob.missing" -> {
                    job.pool().index().damaged(reading.found.pack(), reading.chunk);
                    damaged.add(reading.found.pack());
                }
                default -> { } // It may be readable another time: it stays known.
            }
            LOG.warn("job={} pack {} at {}: {}", job.order().job(), reading.found.pack().id(), reading.found.offset(), e.getMessage());
            return nothing;
        }
    }
}
