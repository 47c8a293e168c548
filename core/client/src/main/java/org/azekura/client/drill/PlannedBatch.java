package org.azekura.client.drill;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.PathProblem;
import org.azekura.api.message.RestoreBatch;
import org.azekura.engine.chunk.Extent;
import org.azekura.engine.plan.PlanReader;
import org.azekura.engine.plan.RestorePlan;
import org.azekura.engine.tree.Entry;

/** A batch of a plan, read. @param bytes that it takes in a file system, about */
record PlannedBatch(List<RestorePlan.Part> parts, List<RestoreBatch.ChunkKey> keys, List<PathProblem> problems, long bytes) {

    /** What an entry takes besides its content, about. */
    private static final int ENTRY_BYTES = 4096;

    static PlannedBatch of(RestoreBatch batch, PlanReader reader) throws BackupException {
        List<RestorePlan.Part> parts = new ArrayList<>();
        reader.read(batch.entries(), batch.ids(), parts::add);
        long bytes = 0;
        for (RestorePlan.Part part : parts) {
            bytes += ENTRY_BYTES;
            for (Extent extent : extents(part)) {
                bytes += extent.isHole() ? 0 : extent.length();
            }
        }
        return new PlannedBatch(parts, batch.chunks(), batch.problems(), bytes);
    }

    static List<Extent> extents(RestorePlan.Part part) {
        return part.entry().content() instanceof Entry.Content.Inline inline ? inline.extents() : List.of();
    }
}
