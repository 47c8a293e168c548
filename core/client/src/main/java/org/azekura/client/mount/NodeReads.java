package org.azekura.client.mount;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.api.message.RestoreBatch;
import org.azekura.api.message.StreamOpening;
import org.azekura.api.transport.Stream;
import org.azekura.client.job.NodeLink;
import org.azekura.client.job.Opened;

/** Chunks from the storage node, opened one by one as they come. Safe for any number of threads: each call has a stream of its own. */
record NodeReads(JobId job, NodeLink node) implements Chunks.Source {

    private static final int KEY_BYTES = 32;
    /** A cartridge may have to be loaded; who waits for a file does not wait longer. */
    private static final Duration FRAME_TIME = Duration.ofMinutes(5);

    @Override
    public void read(List<RestoreBatch.ChunkKey> wanted, Chunks.Taker taker) throws BackupException {
        List<RestoreBatch.ChunkKey> there = new ArrayList<>(wanted);
        // Without a key the server knows that the chunk is nowhere, or that nobody can open it.
        there.removeIf(key -> key.key().length != KEY_BYTES);
        if (there.isEmpty()) {
            return;
        }
        try (Stream stream = node.stream(new StreamOpening.ReadChunks(job, there.stream().map(RestoreBatch.ChunkKey::chunk).toList()))) {
            for (RestoreBatch.ChunkKey key : there) {
                ByteBuffer frame = stream.receive(FRAME_TIME);
                if (frame == null) {
                    throw BackupException.network("transport.closed", job.toString(), "the node ended the chunks of job " + job + " too early", null);
                }
                taker.take(key.chunk(), frame.hasRemaining() ? Opened.of(frame, key.chunk(), key.key()) : null);
            }
        }
    }
}
