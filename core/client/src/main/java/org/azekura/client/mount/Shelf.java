package org.azekura.client.mount;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.azekura.api.ChunkId;

/**
 * Opened chunks that may be wanted again, and who is just getting one: each is read once, however many ask at the same time. What was not wanted for the
 * longest time goes when there is no room. Safe for any number of threads.
 */
public final class Shelf {

    private static final long MAX_BYTES = 24 << 20;

    private final Map<ChunkId, CompletableFuture<byte[]>> chunks = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /**
     * A chunk's place.
     *
     * @param content comes when somebody has got it; null if the chunk can't be read
     * @param mine    whether who asks has to get it, and tell {@link #put} or {@link #failed}
     */
    record Place(CompletableFuture<byte[]> content, boolean mine) {}

    synchronized Place place(ChunkId chunk) {
        CompletableFuture<byte[]> there = chunks.get(chunk);
        if (there != null) {
            return new Place(there, false);
        }
        CompletableFuture<byte[]> made = new CompletableFuture<>();
        chunks.put(chunk, made);
        return new Place(made, true);
    }

    /** @param content null if the chunk can't be read: the next who asks tries again */
    synchronized void put(ChunkId chunk, byte[] content) {
        CompletableFuture<byte[]> place = content == null ? chunks.remove(chunk) : chunks.get(chunk);
        bytes += content == null ? 0 : content.length;
        place.complete(content);
        for (Iterator<CompletableFuture<byte[]>> oldest = chunks.values().iterator(); bytes > MAX_BYTES && oldest.hasNext();) {
            CompletableFuture<byte[]> next = oldest.next();
            if (next.isDone() && next != place) {
                bytes -= next.join().length;
                oldest.remove();
            }
        }
    }

    /** It could not be got, which says nothing of the chunk. */
    synchronized void failed(ChunkId chunk, Exception why) {
        chunks.remove(chunk).completeExceptionally(why);
    }
}
