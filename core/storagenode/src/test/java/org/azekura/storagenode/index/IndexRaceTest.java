package org.azekura.storagenode.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.azekura.api.ChunkId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs ask and write while packs are dropped. */
@Timeout(300)
class IndexRaceTest {

    @TempDir
    Path dir;

    private final Packs packs = new Packs(System.nanoTime());

    @Test
    void whatWasCalledKnownIsThereUntilTheJobEnds() throws Exception {
        try (ChunkIndex index = Packs.open(dir); ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<List<ChunkId>> chunks = new ArrayList<>();
            List<KnownPack> dead = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                chunks.add(packs.chunks(8));
                dead.add(Packs.add(index, packs.pack(chunks.get(i))));
            }
            CountDownLatch start = new CountDownLatch(1);
            JobPins job = index.pins();
            Future<List<ChunkId>> asking = threads.submit(() -> {
                start.await();
                List<ChunkId> known = new ArrayList<>();
                for (List<ChunkId> pack : chunks.reversed()) {
                    if (index.known(job, Packs.GROUP, pack.get(3))) {
                        known.add(pack.get(3));
                        assertNotNull(index.find(Packs.GROUP, pack.get(3)));
                    }
                }
                return known;
            });
            Future<List<KnownPack>> dropping = threads.submit(() -> {
                start.await();
                List<KnownPack> dropped = new ArrayList<>();
                for (int i = 0; i < dead.size(); i += 10) {
                    dropped.addAll(index.drop(dead.subList(i, i + 10)).dropped());
                }
                return dropped;
            });
            Future<List<ChunkId>> writing = threads.submit(() -> {
                start.await();
                Packs own = new Packs(7);
                List<ChunkId> written = new ArrayList<>();
                for (int i = 0; i < 300; i++) {
                    List<ChunkId> fresh = own.chunks(20);
                    Packs.add(index, own.pack(fresh));
                    written.addAll(fresh);
                }
                return written;
            });
            start.countDown();
            List<ChunkId> known = asking.get();
            List<KnownPack> dropped = dropping.get();
            assertEquals(dead.size(), known.size() + dropped.size(), "every pack was either held or dropped");
            for (int i = 0; i < dead.size(); i++) {
                boolean held = known.contains(chunks.get(i).get(3));
                assertEquals(!held, dropped.contains(dead.get(i)));
                assertEquals(held, index.known(Packs.GROUP, chunks.get(i).get(0)));
            }
            for (ChunkId chunk : writing.get()) {
                assertTrue(index.known(Packs.GROUP, chunk));
            }
            job.close();
            index.drop(dead);
            assertFalse(index.known(Packs.GROUP, chunks.getFirst().get(3)));
            assertEquals(300, index.packs());
            assertEquals(6_000, index.chunks());
        }
    }
}
