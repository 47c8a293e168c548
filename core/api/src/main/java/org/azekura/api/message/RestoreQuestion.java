package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;

/** What a client asks the server while it restores; one {@link RestoreAnswer} comes to each, in order. */
public sealed interface RestoreQuestion extends Message {

    /** Chunks in one question, at most. */
    int MAX_CHUNKS = 8192;

    /**
     * Where else are these? They were planned, and could not be read where the batches say. Answer: {@link RestoreAnswer.There} or {@link RestoreAnswer.Nowhere}.
     *
     * @param chunks at most {@value #MAX_CHUNKS}, all of them from batches of this job
     * @param from   places with lower numbers are through; 0 for all
     */
    record Elsewhere(List<ChunkId> chunks, int from) implements RestoreQuestion {}

    /**
     * So much came from such a place. Answer: {@link RestoreAnswer.Noted}.
     *
     * @param place its number
     * @param bytes of their content
     */
    record Came(int place, int chunks, long bytes) implements RestoreQuestion {}
}
