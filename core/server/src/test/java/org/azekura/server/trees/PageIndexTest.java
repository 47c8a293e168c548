package org.azekura.server.trees;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.azekura.api.ChunkId;
import org.junit.jupiter.api.Test;

class PageIndexTest {

    @Test
    void agreesWithAMap() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("agreesWithAMap seed=" + seed);
        Random random = new Random(seed);
        PageIndex index = new PageIndex();
        Map<ChunkId, Long> map = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            ChunkId id = new ChunkId(random.nextInt(300), random.nextInt(100), 0, random.nextInt(2));
            long place = PageIndex.place(1 + random.nextInt(1000), random.nextInt() & 0xffff_ffffL);
            if (random.nextInt(4) == 0) {
                index.drop(id);
                map.remove(id);
            } else {
                index.put(id, place, (int) place & 0xffff);
                map.put(id, place);
            }
            if (i % 25_000 == 0) {
                index.drop(p -> PageIndex.file(p) > 500);
                map.values().removeIf(p -> p >>> 32 > 500);
            }
            assertEquals(map.getOrDefault(id, PageIndex.NONE), index.place(id));
        }
        for (int a = 0; a < 300; a++) {
            for (int b = 0; b < 100; b++) {
                ChunkId id = new ChunkId(a, b, 0, a & 1);
                Long place = map.get(id);
                assertEquals(place == null ? PageIndex.NONE : place, index.place(id));
                assertEquals(place == null ? 0 : (int) (place & 0xffff), place == null ? 0 : index.length(id));
            }
        }
    }
}
