package org.azekura.client.mount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.Failure;
import org.azekura.api.message.MountAnswer;
import org.azekura.api.message.RestoreBatch;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanReader;
import org.azekura.engine.tree.Entry;

/**
 * Where a part of a file lies. Immutable.
 *
 * @param from in the file
 * @param to   behind the last byte that is known of
 */
record Slices(long from, long to, List<Slice> slices) {

    /**
     * @param chunk    null for a hole
     * @param archived what is said if it is nowhere else than in an archive; null if it does not lie in one
     */
    record Slice(long at, long length, RestoreBatch.ChunkKey chunk, int offset, Failure archived) {

        long end() {
            return at + length;
        }
    }

    /** Null if there is nothing from the place on that was asked for. */
    static Slices of(MountAnswer.Range range) throws BackupException {
        if (range.part().length == 0) {
            return null;
        }
        Map<ChunkId, RestoreBatch.ChunkKey> keys = new HashMap<>();
        range.chunks().forEach(key -> keys.put(key.chunk(), key));
        Set<ChunkId> archived = Set.copyOf(range.archived());
        List<Slice> slices = new ArrayList<>();
        long[] from = {0};
        new PlanReader().read(range.part(), range.chunks().stream().map(RestoreBatch.ChunkKey::chunk).toList(), part -> {
            long at = part.from();
            from[0] = at;
            if (part.entry().content() instanceof Entry.Content.Inline(List<Extent> extents, var hash)) {
                for (Extent extent : extents) {
                    slices.add(extent.isHole() ? new Slice(at, extent.length(), null, extent.offset(), null)
                            : new Slice(at, extent.length(), keys.get(extent.chunk()), extent.offset(), archived.contains(extent.chunk()) ? range.why() : null));
                    at += extent.length();
                }
            }
        });
        return slices.isEmpty() ? null : new Slices(from[0], slices.getLast().end(), List.copyOf(slices));
    }

    boolean covers(long place) {
        return from <= place && place < to;
    }

    /** Whether any of these bytes lie in an archive, or did when this was asked. */
    boolean isArchived(long begin, long end) {
        return within(begin, end).stream().anyMatch(slice -> slice.archived != null);
    }

    /** Those that have one of these bytes. */
    List<Slice> within(long begin, long end) {
        return slices.stream().filter(slice -> slice.end() > begin && slice.at < end).toList();
    }
}
