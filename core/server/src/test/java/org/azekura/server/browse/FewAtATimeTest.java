package org.azekura.server.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.azekura.api.BackupException;
import org.azekura.api.ChunkId;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PoolName;
import org.azekura.api.SaveSetName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class FewAtATimeTest {

    private static final Snapshot SNAPSHOT = new Snapshot(new SnapshotId(0, 1), new JobId(1), new PoolName("default"), new ClientName("web1"), new SaveSetName("srv"),
            new ChunkId(1, 2, 3, 4), null, Instant.EPOCH, Instant.EPOCH, 0, 0, 0, 0, new byte[0]);

    private final CountDownLatch inside = new CountDownLatch(FewAtATime.PLACES);
    private final CountDownLatch leave = new CountDownLatch(1);

    @Test
    void whomThereIsNoPlaceForIsRefusedAndGivenOneLater() throws Exception {
        FewAtATime where = new FewAtATime((snapshot, paths) -> {
            inside.countDown();
            awaited(leave);
            return List.of();
        });
        try (ExecutorService others = Executors.newFixedThreadPool(FewAtATime.PLACES)) {
            for (int i = 0; i < FewAtATime.PLACES; i++) {
                others.submit(() -> where.of(SNAPSHOT, List.of()));
            }
            inside.await();
            assertEquals("snapshot.busy", assertThrows(BackupException.class, () -> where.of(SNAPSHOT, List.of())).failure().code());
            leave.countDown();
        }
        assertEquals(List.of(), where.of(SNAPSHOT, List.of()));
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
