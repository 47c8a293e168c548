package org.azekura.api.message;

import java.util.List;
import org.azekura.api.PoolName;

/** What the server answers to a {@link RestoreQuestion}. */
public sealed interface RestoreAnswer extends Message {

    /**
     * Some of them, or all, lie here.
     *
     * @param place  its number: who lacks some still asks for them from the next one on
     * @param pool   that is read
     * @param node   with a ticket; who has a connection for this pool uses that
     * @param chunks those that lie here, in the order in which the node reads them best, with the keys that open them here
     */
    record There(int place, PoolName pool, NodeAccess node, List<RestoreBatch.ChunkKey> chunks) implements RestoreAnswer {}

    /** No further place has any of them. */
    record Nowhere() implements RestoreAnswer {}

    /** It is in the job's log. */
    record Noted() implements RestoreAnswer {}
}
