package org.azekura.api.message;

import java.util.List;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;

/** What a client asks of a storage node, or another node that copies. */
public sealed interface NodeRequest extends Message {

    /**
     * First words on the connection, and the only ones of their kind. Answered {@link Answer.Done} once the server has let this client use a
     * volume for the ticket's job. Refused with {@code ticket.*}: nothing was done, and the ticket opens nothing any more unless it is another's.
     */
    record OpenJob(SignedTicket ticket) implements NodeRequest {}

    /**
     * Node to node: first words on a connection for a copy. Answered {@link Answer.Done} if the server has told of it.
     *
     * @param pool   of the side that is dialled
     * @param secret of this copy, from the server
     */
    record OpenCopy(JobId job, PoolName pool, byte[] secret) implements NodeRequest {}

    /** Which of these chunks need not be sent? Answer: {@link ChunkAnswer.Known}. What is known stays so until the job ends. */
    record ChunksKnown(JobId job, List<ChunkId> chunks) implements NodeRequest {}

    /**
     * Everything was sent and the data streams are ended: make it durable. Answer: {@link ChunkAnswer.Flushed}, when every pack of
     * the job is on the volume and the server knows where.
     */
    record FlushJob(JobId job) implements NodeRequest {}
}
