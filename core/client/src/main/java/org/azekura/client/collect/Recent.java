package org.azekura.client.collect;

import java.util.LinkedHashMap;
import java.util.Map;
import org.azekura.api.ChunkId;

/** The chunks that were dealt with last, so that equal ones are neither asked for nor sent again. One thread. */
final class Recent {

    private static final int KEPT = 32 << 10;

    private final Map<ChunkId, Long> ids = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ChunkId, Long> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * Remembers a chunk under its number, unless it is here.
     *
     * @return the number it is here under, 0 if it is new
     */
    long add(ChunkId id, long number) {
        Long before = ids.get(id);
        if (before == null) {
            ids.put(id, number);
        }
        return before == null ? 0 : before;
    }
}
