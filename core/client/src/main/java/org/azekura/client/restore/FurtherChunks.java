package org.azekura.client.restore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.PoolName;
import org.azekura.api.message.RestoreQuestion;

/**
 * Chunks from where a plan says, and those that can't be read there from other places, one after the other until none is left. If the first place breaks this ends:
 * whether that is gone for good the server knows. One thread.
 */
final class FurtherChunks implements ChunkSource {

    private final ChunkSource first;
    private final Places places;

    /**
     * Another place that has some of the chunks.
     *
     * @param number they are asked for in the order of their numbers
     * @param keys   the chunks that it has, and what opens them there
     * @param source null if it can't be reached
     */
    record Place(int number, PoolName pool, Map<ChunkId, byte[]> keys, ChunkSource source) {}

    /** Knows the other places. */
    interface Places {

        /**
         * The next place that has any of these; null if there is none.
         *
         * @param chunks at most {@value RestoreQuestion#MAX_CHUNKS}
         * @param from   no place with a lower number
         */
        Place next(List<ChunkId> chunks, int from) throws BackupException;

        /** So many came from there. @param bytes of their content */
        void came(Place place, int chunks, long bytes) throws BackupException;

        /** It is read no more for now. @throws BackupException if it broke because the job ends */
        void broke(Place place, BackupException why) throws BackupException;
    }

    FurtherChunks(ChunkSource first, Places places) {
        this.first = first;
        this.places = places;
    }

    @Override
    public void read(Map<ChunkId, byte[]> wanted, Taker taker) throws BackupException {
        Set<ChunkId> open = new LinkedHashSet<>(wanted.keySet());
        first.read(wanted, (chunk, content, stored) -> {
            if (content != null && open.remove(chunk)) {
                taker.take(chunk, content, stored);
            }
        });
        List<ChunkId> missing = List.copyOf(open);
        for (int at = 0; at < missing.size(); at += RestoreQuestion.MAX_CHUNKS) {
            search(new LinkedHashSet<>(missing.subList(at, Math.min(missing.size(), at + RestoreQuestion.MAX_CHUNKS))), taker);
        }
    }

    private void search(Set<ChunkId> open, Taker taker) throws BackupException {
        for (int from = 0; !open.isEmpty();) {
            Place place = places.next(List.copyOf(open), from);
            if (place == null) {
                break;
            }
            if (place.source != null) {
                read(place, open, taker);
            }
            from = place.number + 1;
        }
        open.forEach(chunk -> taker.take(chunk, null, 0));
    }

    private void read(Place place, Set<ChunkId> open, Taker taker) throws BackupException {
        long[] came = {0, 0};
        try {
            place.source.read(place.keys, (chunk, content, stored) -> {
                if (content != null && open.remove(chunk)) {
                    came[0]++;
                    came[1] += content.length;
                    taker.take(chunk, content, stored);
                }
            });
        } catch (BackupException e) {
            if (e.failure().kind() != Failure.Kind.NETWORK) {
                throw e;
            }
            places.broke(place, e);
        }
        if (came[0] > 0) {
            places.came(place, (int) came[0], came[1]);
        }
    }
}
