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
import org.azekura.client.job.Opened;
import org.azekura.client.job.Pace;
import org.azekura.engine.pack.Frame;

/** Chunks from a storage node: the next few are opened while one is written. */
public final class NodeChunks implements ChunkSource, AutoCloseable {

    private static final int KEY_BYTES = 32;
    /** A cartridge may have to be found first. */
    private static final Duration FRAME_TIME = Duration.ofMinutes(15);

    private final JobId job;
    private final NodeLink node;
    private final Breaker breaker;
    private final Opening opening;
    private final Pace pace;

    public NodeChunks(JobId job, NodeLink node, Breaker breaker, Pace pace) {
        this.job = job;
        this.node = node;
        this.breaker = breaker;
        this.pace = pace;
        this.opening = new Opening("job " + job, breaker);
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
            opening.run(() -> receive(stream, wanted), taker);
        }
    }

    private void receive(Stream stream, Map<ChunkId, byte[]> wanted) throws BackupException {
        for (Map.Entry<ChunkId, byte[]> chunk : wanted.entrySet()) {
            breaker.check();
            ByteBuffer frame = stream.receive(FRAME_TIME);
            if (frame == null) {
                throw BackupException.network("transport.closed", job.toString(), "the node ended the chunks of job " + job + " too early", null);
            }
            // What is not taken in is not sent: the stream holds only so much.
            pace.pass(frame.remaining());
            add(chunk.getKey(), frame, chunk.getValue());
        }
        if (stream.receive(FRAME_TIME) != null) {
            throw BackupException.corrupt("message.unexpected", job.toString(), "the node sent more than the " + wanted.size() + " chunks asked for");
        }
    }

    private void add(ChunkId chunk, ByteBuffer frame, byte[] key) throws BackupException {
        int stored = frame.remaining();
        int plain = plainLength(frame);
        if (plain == 0) {
            opening.addDamaged(chunk, stored);
        } else {
            // The frame, what its seal gives, and what that decompresses to.
            opening.add(chunk, stored, 2 * stored + plain, () -> Opened.of(frame, chunk, key));
        }
    }

    /** 0 if nothing can be opened. */
    private static int plainLength(ByteBuffer frame) {
        try {
            return frame.hasRemaining() ? Frame.header(frame).plainLength() : 0;
        } catch (BackupException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        opening.close();
    }
}
