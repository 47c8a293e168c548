package org.azekura.client.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.azekura.api.BackupException;
import org.azekura.api.message.RestorePoint;
import org.azekura.client.job.Tally;
import org.junit.jupiter.api.Test;

class PointsTest {

    private static final long DUE = 64 << 20;

    private final Tally tally = new Tally();
    private final List<String> steps = new ArrayList<>();

    private static Points.Reached reached(long files) {
        return new Points.Reached(new RestorePoint(null, null, files, 0, List.of()), List.of());
    }

    @Test
    void aPointIsDurableBeforeItIsToldAndComesOnlyAfterEnoughData() throws Exception {
        try (Points points = new Points("test", (point, problems) -> steps.add("told " + point.files()), () -> steps.add("synced"), tally)) {
            tally.written(DUE - 1);
            points.after(() -> reached(1));
            tally.written(1);
            points.after(() -> reached(2));
            points.end();
            points.after(() -> reached(3));
            tally.written(DUE);
            points.after(() -> null);
            points.after(() -> reached(4));
            points.end();
        }
        assertEquals(List.of("synced", "told 2", "synced", "told 4"), steps);
    }

    @Test
    void nothingIsWaitedForWhileOneIsMade() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Points points = new Points("test", (point, problems) -> steps.add("told " + point.files()), () -> await(goOn), tally)) {
            tally.written(DUE);
            points.after(() -> reached(1));
            tally.written(DUE);
            points.after(() -> reached(2));
            goOn.countDown();
            points.end();
            points.after(() -> reached(3));
            points.end();
        }
        assertEquals(List.of("told 1", "told 3"), steps);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPointThatCannotBeMadeEndsTheRestore() throws Exception {
        BackupException why = BackupException.device("target.sync", "", "no", null);
        try (Points points = new Points("test", (point, problems) -> steps.add("told"), () -> {
            throw why;
        }, tally)) {
            tally.written(DUE);
            points.after(() -> reached(1));
            BackupException thrown = assertThrows(BackupException.class, points::end);
            assertSame(why.failure(), thrown.failure());
        }
        assertEquals(List.of(), steps);
    }
}
