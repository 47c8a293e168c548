package org.azekura.server.job.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.ChunkAnswer;
import org.azekura.api.message.RestoreBatch;
import org.azekura.server.trees.SealedTrees;

/**
 * The keys that a restore needs: those of the chunks in its plan and no others, whatever the node answers. A node and a client that work
 * together would else be given the key of any chunk they name.
 */
public record KeyHandout(SealedTrees.Keys sessions) {

    /**
     * @param planned what the plan needs
     * @return in the node's reading order; chunks that are nowhere come last and without a key, so that the client can name their files
     * @throws BackupException {@code node.unasked} if the node names a chunk that it was not asked for
     */
    public List<RestoreBatch.ChunkKey> keys(Set<ChunkId> planned, ChunkAnswer.Located located) throws BackupException {
        Set<ChunkId> open = new HashSet<>(planned);
        List<RestoreBatch.ChunkKey> keys = new ArrayList<>();
        for (ChunkAnswer.ChunkPlace place : located.places()) {
            take(open, place.chunk());
            keys.add(new RestoreBatch.ChunkKey(place.chunk(), key(place)));
        }
        for (ChunkId chunk : located.missing()) {
            take(open, chunk);
            keys.add(new RestoreBatch.ChunkKey(chunk, new byte[0]));
        }
        open.forEach(chunk -> keys.add(new RestoreBatch.ChunkKey(chunk, new byte[0])));
        return keys;
    }

    private static void take(Set<ChunkId> open, ChunkId chunk) throws BackupException {
        if (!open.remove(chunk)) {
            throw BackupException.corrupt("node.unasked", chunk.toString(), "the storage node says where chunk " + chunk
                    + " lies, for which it was not asked, or twice; no key is handed out");
        }
    }

    private byte[] key(ChunkAnswer.ChunkPlace place) throws BackupException {
        try {
            return sessions.session(place.session()).chunkKey(place.chunk());
        } catch (BackupException e) {
            if (e.failure().code().equals("session.unknown") || e.failure().code().equals("session.foreign")) {
                return new byte[0];
            }
            throw e;
        }
    }
}
