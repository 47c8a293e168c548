package org.azekura.client.collect;

import org.azekura.api.ChunkId;

/** The id of a chunk that is on its way; null until a worker has named it. */
class ChunkName {

    private volatile ChunkId id;

    final ChunkId id() {
        return id;
    }

    /** Called once, by a worker, which still has the bytes. */
    void named(ChunkId id, byte[] bytes) {
        this.id = id;
    }
}
