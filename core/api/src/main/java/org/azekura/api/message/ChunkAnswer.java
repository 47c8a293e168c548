package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.PackId;
import org.azekura.api.SessionId;
import org.azekura.api.TrustGroup;

/** About chunks. */
public sealed interface ChunkAnswer extends Answer {

    /** Whose the chunks are that somebody stored; one that several stored comes as often. */
    record Owners(List<Owner> owners) implements ChunkAnswer {}

    /** One who stored a chunk. */
    record Owner(ChunkId chunk, TrustGroup group) {}

    /**
     * Which of the chunks asked for are known, in the order of the question.
     *
     * @param bits bit i (of byte i / 8, lowest first) is set if the i-th is known
     */
    record Known(byte[] bits) implements ChunkAnswer {
        public boolean test(int i) {
            return (bits[i >> 3] >> (i & 7) & 1) != 0;
        }
    }

    /** The chunks that are not there. */
    record Missing(List<ChunkId> chunks) implements ChunkAnswer {}

    /**
     * Where chunks lie, in the order in which the device reads them best.
     *
     * @param missing those that are nowhere
     */
    record Located(List<ChunkPlace> places, List<ChunkId> missing) implements ChunkAnswer {}

    /** Where one chunk lies, and which session sealed it. */
    record ChunkPlace(ChunkId chunk, PackId pack, SessionId session) {}

    /**
     * Comes back on a data stream that stores: so many of its frames, from the first on, are durable, and the catalog knows
     * where. Told again when there are more.
     */
    record Durable(long frames) implements ChunkAnswer {}

    /** Everything a job sent is durable. {@code stored}: bytes it added to the volume. */
    record Flushed(long stored) implements ChunkAnswer {}
}
