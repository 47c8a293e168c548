package org.azekura.storagenode.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.api.ChunkId;
import org.azekura.api.SessionId;

/**
 * By which session a chunk is sealed that lies in several places, as the server was told: the client has the key of that one, and another place may be the best by
 * the time that it is read. Thread-safe.
 */
public final class ToldSessions {

    /** More than are on their way at once. */
    private static final int MOST = 1 << 16;

    private final Map<ChunkId, SessionId> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ChunkId, SessionId> eldest) {
            return size() > MOST;
        }
    };

    public synchronized void told(ChunkId chunk, SessionId session) {
        told.put(chunk, session);
    }

    /** Null if nothing was told of it. */
    public synchronized SessionId of(ChunkId chunk) {
        return told.get(chunk);
    }
}
