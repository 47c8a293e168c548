package org.azekura.client.collect;

import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.api.ChunkId;

/** The chunks that were dealt with last, so that equal ones are neither asked for nor sent again. One thread. */
final class Recent {

    private static final int KEPT = 32 << 10;

    private final Map<ChunkId, Boolean> ids = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChunkId, Boolean> eldest) {
            return size() > KEPT;
        }
    };

    /** @return whether it is new */
    boolean add(ChunkId id) {
        return ids.put(id, Boolean.TRUE) == null;
    }
}
