package org.azekura.engine.tree;

import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.engine.chunk.ChunkKind;
import org.azekura.engine.octets.ByteInput;

/** How an id is read: the opposite of {@link RefOutput}. */
interface RefInput {

    /** The stand-alone form. */
    RefInput FULL = (in, kind) -> in.chunk("id");

    ChunkId get(ByteInput in, ChunkKind kind) throws BackupException;

    /** Numbers into this list. */
    static RefInput numbered(List<Ref> refs) {
        return (in, kind) -> {
            long number = in.uint(Integer.MAX_VALUE, "reference");
            if (number >= refs.size() || refs.get((int) number).kind() != kind) {
                throw in.corrupt("reference " + number + " among " + refs.size() + " is not there or is not " + kind);
            }
            return refs.get((int) number).id();
        };
    }
}
