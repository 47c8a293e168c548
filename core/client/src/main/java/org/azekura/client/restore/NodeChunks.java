package org.azekura.client.restore;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.Breaker;
import org.azekura.client.job.NodeLink;
import org.azekura.engine.pack.Frame;
import org.azekura.engine.seal.Unsealer;

/** Chunks from a storage node. */
final class NodeChunks implements ChunkSource {

    private static final int KEY_BYTES = 32;
    /** A cartridge may have to be found first. */
    private static final Duration FRAME_TIME = Duration.ofMinutes(15);

    private final JobId job;
    private final NodeLink node;
    private final Breaker breaker;

    NodeChunks(JobId job, NodeLink node, Breaker breaker) {
        this.job = job;
        this.node = node;
        this.breaker = breaker;
    }

    @Override
    public void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
        Map<ChunkId, byte[]> there = new LinkedHashMap<>(wanted);
        // Without a key the server knows that the chunk is nowhere, or that nobody can open it.
        there.values().removeIf(key -> key.length != KEY_BYTES);
        wanted.keySet().stream().filter(chunk -> !there.containsKey(chunk)).forEach(chunk -> taker.take(chunk, null, 0));
        if (!there.isEmpty()) {
            readThere(there, taker);
        }
    }

    private void readThere(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
        try (Stream stream = node.stream(new StreamOpening.ReadChunks(job, List.copyOf(wanted.keySet())))) {
            for (Map.Entry<ChunkId, byte[]> chunk : wanted.entrySet()) {
                breaker.check();
                ByteBuffer frame = stream.receive(FRAME_TIME);
                if (frame == null) {
                    throw BackupException.network("transport.closed", job.toString(), "the node ended the chunks of job " + job + " too early", null);
                }
                int stored = frame.remaining();
                taker.take(chunk.getKey(), stored == 0 ? null : open(frame, chunk.getKey(), chunk.getValue()), stored);
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
}
