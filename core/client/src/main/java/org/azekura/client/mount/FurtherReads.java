package org.azekura.client.mount;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.RestoreBatch;
import org.azekura.client.restore.ChunkSource;

/** Chunks from where they lie, and those that can't be read there from other places of the snapshot. Safe for any number of threads if the first is: the others are read by one at a time. */
final class FurtherReads implements Chunks.Source {

    private final Chunks.Source first;
    private final ChunkSource others;

    FurtherReads(Chunks.Source first, ChunkSource others) {
        this.first = first;
        this.others = others;
    }

    @Override
    public void read(List<RestoreBatch.ChunkKey> wanted, Chunks.Taker taker) throws BackupException {
        Set<ChunkId> taken = new HashSet<>();
        first.read(wanted, (chunk, content) -> {
            if (content != null && taken.add(chunk)) {
                taker.take(chunk, content);
            }
        });
        Map<ChunkId, byte[]> missing = new LinkedHashMap<>();
        wanted.stream().filter(key -> !taken.contains(key.chunk())).forEach(key -> missing.put(key.chunk(), key.key()));
        if (!missing.isEmpty()) {
            search(missing, taker);
        }
    }

    private synchronized void search(Map<ChunkId, byte[]> missing, Chunks.Taker taker) throws BackupException {
        others.read(missing, (chunk, content, stored) -> taker.take(chunk, content));
    }
}
