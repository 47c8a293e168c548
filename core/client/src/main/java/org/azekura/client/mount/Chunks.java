package org.azekura.client.mount;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.message.RestoreBatch;

/** Opened chunks, from the shelf or else from where they lie. Safe for any number of threads if the source is. */
final class Chunks {

    private static final long OTHERS_SECONDS = 600;

    private final Shelf shelf;
    private final Source source;

    /** Where chunks lie. */
    @FunctionalInterface
    interface Source {

        /** Hands over each once; null for one that can't be read. */
        void read(List<RestoreBatch.ChunkKey> wanted, Taker taker) throws BackupException;
    }

    /** Takes an opened chunk. */
    @FunctionalInterface
    interface Taker {
        void take(ChunkId chunk, byte[] content);
    }

    Chunks(Shelf shelf, Source source) {
        this.shelf = shelf;
        this.source = source;
    }

    /** @return null for each that can't be read */
    Map<ChunkId, byte[]> get(Collection<RestoreBatch.ChunkKey> wanted) throws BackupException {
        Map<ChunkId, RestoreBatch.ChunkKey> open = new LinkedHashMap<>();
        wanted.forEach(key -> open.put(key.chunk(), key));
        Map<ChunkId, byte[]> found = new HashMap<>();
        while (!open.isEmpty()) {
            Map<ChunkId, CompletableFuture<byte[]>> places = new HashMap<>();
            read(claim(open.values(), places));
            for (Map.Entry<ChunkId, CompletableFuture<byte[]>> place : places.entrySet()) {
                if (await(place.getKey(), place.getValue(), found)) {
                    open.remove(place.getKey());
                }
            }
        }
        return found;
    }

    private List<RestoreBatch.ChunkKey> claim(Collection<RestoreBatch.ChunkKey> wanted, Map<ChunkId, CompletableFuture<byte[]>> places) {
        List<RestoreBatch.ChunkKey> mine = new ArrayList<>();
        for (RestoreBatch.ChunkKey key : wanted) {
            Shelf.Place place = shelf.place(key.chunk());
            places.put(key.chunk(), place.content());
            if (place.mine()) {
                mine.add(key);
            }
        }
        return mine;
    }

    private void read(List<RestoreBatch.ChunkKey> mine) throws BackupException {
        if (mine.isEmpty()) {
            return;
        }
        Map<ChunkId, RestoreBatch.ChunkKey> left = new LinkedHashMap<>();
        mine.forEach(key -> left.put(key.chunk(), key));
        try {
            source.read(mine, (chunk, content) -> {
                if (left.remove(chunk) != null) {
                    shelf.put(chunk, content);
                }
            });
            left.keySet().forEach(chunk -> shelf.put(chunk, null));
        } catch (BackupException | RuntimeException | Error e) {
            left.keySet().forEach(chunk -> shelf.failed(chunk, new IllegalStateException(e)));
            throw e;
        }
    }

    /** @return false if who was getting it failed: it may be another mount, so it is tried again here */
    private static boolean await(ChunkId chunk, CompletableFuture<byte[]> content, Map<ChunkId, byte[]> found) throws BackupException {
        try {
            found.put(chunk, content.get(OTHERS_SECONDS, TimeUnit.SECONDS));
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (TimeoutException e) {
            throw BackupException.network("transport.timeout", chunk.toString(), "chunk " + chunk + " was waited for " + OTHERS_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("job.interrupted", chunk.toString(), "the wait for chunk " + chunk + " was interrupted", e);
        }
    }
}
