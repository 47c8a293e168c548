package org.azekura.client;

import java.util.List;
import org.azekura.api.message.RestoreBatch;
import org.azekura.engine.plan.PlanWriter;
import org.azekura.engine.plan.RestorePlan;

/** A batch as a test handles it: what it says on the wire depends on those before it. */
record PlannedBatch(List<RestorePlan.Part> entries, List<RestoreBatch.ChunkKey> chunks, boolean done) {

    RestoreBatch told(PlanWriter writer) {
        return new RestoreBatch(writer.parts(entries, chunks.stream().map(RestoreBatch.ChunkKey::chunk).toList()), chunks, List.of(), done);
    }
}
