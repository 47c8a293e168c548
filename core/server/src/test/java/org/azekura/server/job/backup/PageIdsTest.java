package org.azekura.server.job.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.junit.jupiter.api.Test;

class PageIdsTest {

    @Test
    void keepsEachOnceInTheOrderOfComing() {
        Random random = new Random(5);
        List<ChunkId> came = new ArrayList<>(List.of(new ChunkId(0, 0, 0, 0)));
        for (int i = 1; i < 10_000; i++) {
            came.add(new ChunkId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()));
        }
        PageIds ids = new PageIds();
        came.forEach(ids::add);
        List<ChunkId> then = ids.list();
        came.forEach(ids::add);
        assertEquals(came, ids.list());
        ids.add(new ChunkId(1, 2, 3, 4));
        assertEquals(came, then);
        assertEquals(new ChunkId(1, 2, 3, 4), ids.list().getLast());
        assertThrows(IndexOutOfBoundsException.class, () -> then.get(came.size()));
    }
}
