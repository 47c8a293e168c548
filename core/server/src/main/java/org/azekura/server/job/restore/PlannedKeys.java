package org.azekura.server.job.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.JobId;
import org.azekura.api.TrustGroup;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.ChunkOrder;
import org.azekura.api.message.RestoreBatch;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.client.KeyHandout;
import org.azekura.server.job.run.Orders;
import org.azekura.server.job.run.Stage;

/**
 * Finds the keys of the chunks of a restore's batches.
 *
 * @param job   that reads them
 * @param pool  whose keys they are
 * @param place where it is read: the pool itself, or a replica of it
 */
public record PlannedKeys(Stage stage, JobId job, Pool pool, Pool place, TrustGroup group, ConnectedNode node) {

    /** In the node's reading order; chunks that are nowhere come last and without a key, so that the client can name their files. */
    public List<RestoreBatch.ChunkKey> asRead(Set<ChunkId> chunks) throws BackupException {
        if (chunks.isEmpty()) {
            return List.of();
        }
        ChunkAnswer.Located located = node.ask(new ChunkOrder.LocateChunks(job, place.name(), group, List.copyOf(chunks)), ChunkAnswer.Located.class, Orders.PROMPT);
        return new KeyHandout(session -> stage.vault().session(pool, session, group)).keys(chunks, located);
    }

    /** In the order of the plan, which knows more of the medium than the node can say of one batch. */
    List<RestoreBatch.ChunkKey> asPlanned(Set<ChunkId> chunks) throws BackupException {
        Map<ChunkId, RestoreBatch.ChunkKey> keys = new HashMap<>();
        asRead(chunks).forEach(key -> keys.put(key.chunk(), key));
        return chunks.stream().map(keys::get).toList();
    }
}
