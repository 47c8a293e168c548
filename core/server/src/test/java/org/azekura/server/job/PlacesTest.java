package org.azekura.server.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class PlacesTest {

    /** Jobs that got their places, in the order in which they did. */
    private final BlockingQueue<String> admitted = new LinkedBlockingQueue<>();
    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    private final Map<String, Integer> most = new ConcurrentHashMap<>();
    private final AtomicInteger mostInAll = new AtomicInteger();

    /** Returns when it waits, or has its place. */
    private Thread job(Places places, String whose) throws Exception {
        return job(places, whose, 50);
    }

    private Thread job(Places places, String whose, int priority) throws Exception {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                places.take(new Places.Claim(whose, priority));
                most.merge(whose, running.merge(whose, 1, Integer::sum), Math::max);
                mostInAll.accumulateAndGet(running.values().stream().mapToInt(Integer::intValue).sum(), Math::max);
                admitted.add(whose);
            } catch (InterruptedException e) {
                admitted.add("interrupted");
            }
        });
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        return thread;
    }

    private String next() throws Exception {
        String one = admitted.poll(120, TimeUnit.SECONDS);
        assertTrue(one != null, "nobody got a place");
        return one;
    }

    @Test
    void aClientWithManyJobsLeavesPlacesToOthers() throws Exception {
        Places places = new Places(4, 2);
        for (int i = 0; i < 10; i++) {
            job(places, "many");
        }
        assertEquals("many", next());
        assertEquals("many", next());
        job(places, "few");
        assertEquals("few", next());
        assertEquals(null, admitted.poll());
    }

    @Test
    void whoHasFewestComesFirstAndThenWhoWaitsLongest() throws Exception {
        Places places = new Places(2, 2);
        job(places, "a");
        job(places, "a");
        next();
        next();
        job(places, "a");
        job(places, "b");
        job(places, "c");
        places.give("a");
        assertEquals("b", next(), "a has one still");
        places.give("b");
        assertEquals("c", next(), "it has waited longer than any b");
        places.give("a");
        assertEquals("a", next());
    }

    @Test
    void aHigherPriorityComesFirstWithinWhatItsClientMayHave() throws Exception {
        Places places = new Places(2, 1);
        job(places, "a");
        job(places, "b");
        next();
        next();
        job(places, "c", 10);
        job(places, "a", 90);
        job(places, "d", 60);
        places.give("b");
        assertEquals("d", next(), "a has its place");
        places.give("a");
        assertEquals("a", next());
        places.give("d");
        assertEquals("c", next());
    }

    @Test
    void whoGivesUpHoldsNoPlace() throws Exception {
        Places places = new Places(1, 1);
        job(places, "a");
        next();
        Thread waiting = job(places, "b");
        job(places, "c");
        waiting.interrupt();
        assertEquals("interrupted", next());
        places.give("a");
        assertEquals("c", next());
        places.give("c");
        job(places, "d");
        assertEquals("d", next());
    }

    @Test
    void neverMoreAtOnceThanThereArePlacesAndEveryoneComes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Places places = new Places(5, 2);
        Map<String, Integer> wanted = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            String whose = "client" + (int) Math.abs(random.nextGaussian() * 3);
            wanted.merge(whose, 1, Integer::sum);
            job(places, whose);
        }
        Map<String, Integer> seen = new TreeMap<>();
        for (int ended = 0; ended < 60; ended++) {
            seen.merge(next(), 1, Integer::sum);
            List<String> any = seen.entrySet().stream().filter(e -> e.getValue() > 0).map(Map.Entry::getKey).toList();
            String over = any.get(random.nextInt(any.size()));
            seen.merge(over, -1, Integer::sum);
            wanted.merge(over, -1, Integer::sum);
            running.merge(over, -1, Integer::sum);
            places.give(over);
        }
        assertTrue(wanted.values().stream().allMatch(n -> n == 0), () -> "seed " + seed + ": " + wanted);
        assertTrue(most.values().stream().allMatch(n -> n <= 2) && mostInAll.get() <= 5, () -> "seed " + seed + ": " + most + ", in all " + mostInAll);
    }
}
