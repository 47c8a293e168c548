package org.azekura.engine.tree;

import java.util.Objects;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;

/** What a page refers to: chunks of file content, or further pages. */
public record Ref(ChunkId id, ChunkKind kind) {

    public Ref {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
    }
}
