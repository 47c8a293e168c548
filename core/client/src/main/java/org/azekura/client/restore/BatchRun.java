package org.azekura.client.restore;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Tally;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.Unsealer;

/** Gets a batch's chunks from the node and writes them at all their places. One thread. */
final class BatchRun {

    private static final int KEY_BYTES = 32;
    /** A cartridge may have to be found first. */
    private static final Duration FRAME_TIME = Duration.ofMinutes(15);

    /** Where {@code length} bytes of a chunk go. */
    private record Place(FileInMaking file, long at, int offset, int length) {}

    private final JobId job;
    private final NodeLink node;
    private final Maker maker;
    private final Tally tally;
    private final Breaker breaker;
    private final FileEnd end;
    private final Map<ChunkId, List<Place>> places = new HashMap<>();

    /** Told of every file of which nothing is missing any more. */
    @FunctionalInterface
    interface FileEnd {
        void complete(FileInMaking file);
    }

    BatchRun(JobId job, NodeLink node, Maker maker, Tally tally, Breaker breaker, FileEnd end) {
        this.job = job;
        this.node = node;
        this.maker = maker;
        this.tally = tally;
        this.breaker = breaker;
        this.end = end;
    }

    void want(FileInMaking file, long at, ChunkId chunk, int offset, int length) {
        file.pending++;
        places.computeIfAbsent(chunk, c -> new ArrayList<>(1)).add(new Place(file, at, offset, length));
    }

    /** @param keys every chunk of the batch, in the node's order */
    void run(List<RestoreBatch.ChunkKey> keys) throws BackupException {
        Map<ChunkId, byte[]> wanted = new LinkedHashMap<>();
        for (RestoreBatch.ChunkKey key : keys) {
            // Without a key the server knows that the chunk is nowhere, or that nobody can open it.
            if (places.containsKey(key.chunk()) && key.key().length == KEY_BYTES) {
                wanted.put(key.chunk(), key.key());
            }
        }
        if (!wanted.isEmpty()) {
            read(wanted);
        }
        // What the plan itself did not list is as good as lost.
        List.copyOf(places.keySet()).forEach(this::missing);
    }

    private void read(Map<ChunkId, byte[]> wanted) throws BackupException {
        try (Stream stream = node.stream(new StreamOpening.ReadChunks(job, List.copyOf(wanted.keySet())))) {
            for (Map.Entry<ChunkId, byte[]> chunk : wanted.entrySet()) {
                breaker.check();
                ByteBuffer frame = stream.receive(FRAME_TIME);
                if (frame == null) {
                    throw BackupException.network("transport.closed", job.toString(), "the node ended the chunks of job " + job + " too early", null);
                }
                byte[] content = frame.hasRemaining() ? open(frame, chunk.getKey(), chunk.getValue()) : null;
                if (content == null) {
                    missing(chunk.getKey());
                } else {
                    tally.stored(frame.remaining());
                    write(chunk.getKey(), content);
                }
            }
            if (stream.receive(FRAME_TIME) != null) {
                throw BackupException.corrupt("message.unexpected", job.toString(), "the node sent more than the " + wanted.size() + " chunks asked for");
            }
        }
    }

    /** Null if it is damaged. */
    private static byte[] open(ByteBuffer bytes, ChunkId expected, byte[] key) {
        try {
            Frame frame = Frame.parse(bytes);
            return frame.header().id().equals(expected) ? Unsealer.open(frame, key) : null;
        } catch (BackupException e) {
            return null;
        }
    }

    private void write(ChunkId chunk, byte[] content) {
        for (Place place : places.remove(chunk)) {
            if ((long) place.offset + place.length > content.length) {
                place.file.gap(place.at, place.length);
            } else {
                maker.write(place.file, place.at, content, place.offset, place.length);
            }
            done(place.file);
        }
    }

    private void missing(ChunkId chunk) {
        for (Place place : places.remove(chunk)) {
            place.file.gap(place.at, place.length);
            done(place.file);
        }
    }

    private void done(FileInMaking file) {
        file.pending--;
        if (file.complete()) {
            end.complete(file);
        }
    }
}
