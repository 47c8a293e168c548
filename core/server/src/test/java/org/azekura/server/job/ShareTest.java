package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShareTest {

    private final Share share = new Share();

    @Test
    void ofManyThatBeginAtOnceHalfGoElsewhere() throws Exception {
        CountDownLatch all = new CountDownLatch(20);
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                all.countDown();
                all.await();
                return share.next(true);
            });
            tasks.add(task);
            Thread.ofPlatform().daemon().start(task);
        }
        int elsewhere = 0;
        for (FutureTask<Boolean> task : tasks) {
            elsewhere += task.get(2, TimeUnit.MINUTES) ? 1 : 0;
        }
        assertEquals(10, elsewhere);
    }

    @Test
    void whatEndsOrComesBackMakesRoom() {
        assertFalse(share.next(true), "the first stays");
        assertTrue(share.next(true));
        share.back();
        assertTrue(share.next(true), "two are here");
        share.ended(true);
        share.ended(false);
        assertTrue(share.next(true), "one is here");
        share.ended(true);
        share.ended(false);
        assertFalse(share.next(true), "none is");
        assertFalse(share.next(false));
        assertTrue(share.next(true));
        assertTrue(share.next(true));
        assertFalse(share.next(true));
    }
}
