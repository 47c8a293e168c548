package org.azekura.server.job.restore;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.message.RestoreQuestion;
import org.junit.jupiter.api.Test;

class PlannedChunksTest {

    private final PlannedChunks planned = new PlannedChunks(new ClientName("web1"));

    private static ChunkId chunk(long number) {
        return new ChunkId(number, 1, 2, 3);
    }

    @Test
    void whatWasPlannedMayBeAskedForInAnyOrderAndAgain() throws BackupException {
        planned.add(Set.of(chunk(1), chunk(2)));
        planned.add(Set.of(chunk(2), chunk(3)));
        assertEquals(Set.of(chunk(3), chunk(1)), planned.require(List.of(chunk(3), chunk(1))));
        assertEquals(Set.of(chunk(1)), planned.require(List.of(chunk(1))));
        assertEquals(3, planned.count());
    }

    @Test
    void oneForeignChunkAmongOthersGivesNothing() {
        planned.add(Set.of(chunk(1)));
        assertRefused("chunk.unplanned", () -> planned.require(List.of(chunk(1), chunk(9))));
        assertRefused("chunk.unplanned", () -> new PlannedChunks(new ClientName("web1")).require(List.of(chunk(1))));
    }

    @Test
    void aQuestionHasABound() {
        List<ChunkId> many = LongStream.rangeClosed(0, RestoreQuestion.MAX_CHUNKS).mapToObj(PlannedChunksTest::chunk).toList();
        planned.add(many);
        assertRefused("chunk.unplanned", () -> planned.require(many));
    }
}
