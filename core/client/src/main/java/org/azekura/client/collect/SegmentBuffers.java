package org.azekura.client.collect;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.azekura.engine.chunk.SegmentCut;

/** Memory of segments, which is used again: a new piece for each would be most of a backup's garbage. Any threads. */
final class SegmentBuffers {

    /** More are not kept; as many are under way at once when the network is slow. */
    private static final int KEPT = 8;

    private final BlockingQueue<byte[]> idle = new ArrayBlockingQueue<>(KEPT);
    private final int bytes;

    /** @param file the longest that is put into a segment */
    SegmentBuffers(int file) {
        bytes = SegmentCut.MAX + file;
    }

    /** Room for any segment; what is in it is old. */
    byte[] take() {
        byte[] buffer = idle.poll();
        return buffer == null ? new byte[bytes] : buffer;
    }

    void give(byte[] buffer) {
        // many backups at once have little each, and use a buffer again too seldom to keep it
        if (idle.size() < KEPT / Math.max(1, Pipeline.backups())) {
            idle.offer(buffer);
        }
    }
}
