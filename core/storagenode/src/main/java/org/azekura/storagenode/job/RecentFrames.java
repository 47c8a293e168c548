package org.azekura.storagenode.job;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.api.ChunkId;

/**
 * The frames that a job got last. Thousands of small files may share one chunk, and be restored in more than one batch: a tape is not wound back for that.
 * Thread-safe.
 */
public final class RecentFrames {

    /** Of up to five mebibytes each. */
    private static final int KEPT = 4;

    private final Map<ChunkId, ByteBuffer> frames = new LinkedHashMap<>();

    /** Null if it is not there any more. */
    public synchronized ByteBuffer get(ChunkId chunk) {
        ByteBuffer frame = frames.get(chunk);
        return frame == null ? null : frame.duplicate();
    }

    public synchronized void put(ChunkId chunk, ByteBuffer frame) {
        if (!frames.containsKey(chunk) && frames.size() == KEPT) {
            Iterator<ChunkId> eldest = frames.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
        frames.put(chunk, frame.duplicate());
    }
}
