package org.azekura.engine.pack;

import java.util.List;
import org.azekura.api.PackId;
import org.azekura.api.TrustGroup;
import org.azekura.engine.chunk.ChunkKind;

/**
 * What is in a pack.
 *
 * @param group   whose frames these are; nobody else is told that they are known
 * @param entries in the order of the pack
 */
public record PackIndex(PackId pack, ChunkKind kind, TrustGroup group, List<SealedSession> sessions, List<IndexEntry> entries) {

    public PackIndex {
        sessions = List.copyOf(sessions);
        entries = List.copyOf(entries);
    }
}
