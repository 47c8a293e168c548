package org.azekura.client.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.BackupException;
import org.azekura.api.JobId;
import org.azekura.client.job.Breaker;
import org.azekura.client.posix.Directory;
import org.azekura.client.posix.FileStat;
import org.azekura.client.posix.FileType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names that are looked at before their turn, with a source that answers when the test says so. */
@Timeout(300)
class LookaheadTest {

    private static final int SMALL = 1 << 20;

    private final Breaker breaker = new Breaker(new JobId(1));
    private int count = 1;
    private final Readers readers = new Readers() {
        @Override
        int count() {
            return count;
        }
    };
    private final Ticks ticks = new Ticks();
    private final AtomicInteger looked = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final List<Long> roomTaken = new ArrayList<>();
    private volatile boolean slow;
    private boolean crowded;
    private volatile int size = 100;
    private Directory directory;
    private Lookahead ahead;

    private final Lookahead.Room room = new Lookahead.Room() {
        @Override
        public boolean take(long bytes) {
            roomTaken.add(bytes);
            return !crowded;
        }

        @Override
        public void give(long bytes) {
            roomTaken.add(-bytes);
        }
    };

    /** The clock of a slow source: who enters waits for the next tick. */
    private static final class Ticks {
        private int inside;
        private long ticks;
        private boolean stopped;

        synchronized void enter() {
            inside++;
            notifyAll();
            for (long now = ticks; ticks == now && !stopped;) {
                pause();
            }
        }

        synchronized void await(int many) {
            while (inside < many && !stopped) {
                pause();
            }
        }

        /** Waits until so many are inside. @return how many it lets go */
        synchronized int tick(int many) {
            await(many);
            int let = inside;
            inside = 0;
            ticks++;
            notifyAll();
            return let;
        }

        synchronized void stop() {
            stopped = true;
            notifyAll();
        }

        private void pause() {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final class Source implements AheadSource {
        @Override
        public FileStat stat(byte[] name) {
            return new FileStat(FileType.FILE, 0600, 0, 0, 1, name[0], 1, size, size, 5, 5, 5, 5, 0);
        }

        @Override
        public ReadFile read(byte[] name, FileStat stat) {
            looked.incrementAndGet();
            if (slow) {
                ticks.enter();
            }
            return new ReadFile(new byte[(int) stat.size()], (int) stat.size(), stat, new FileAttributes(List.of(), null));
        }

        @Override
        public void begin(byte[] name) {
            throw new AssertionError("all are small");
        }

        @Override
        public int warm(byte[] name, boolean content) {
            throw new AssertionError("all are files");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @BeforeEach
    void open() throws Exception {
        directory = Directory.root();
        Lookahead.Wish wish = new Lookahead.Wish(SMALL, new RuleSet(List.of()));
        ahead = new Lookahead(breaker, new Meter(readers, () -> 0), wish, room, d -> new Source(), () -> 0);
    }

    @AfterEach
    void close() {
        ticks.stop();
        ahead.close();
        directory.close();
    }

    private void isSlow() {
        count = Readers.MOST;
    }

    private static Level level(int names) {
        List<byte[]> sorted = new ArrayList<>();
        for (int i = 0; i < names; i++) {
            sorted.add(String.format("%06d", i).getBytes(UTF_8));
        }
        return new Level(SortedNames.of(sorted), null, true, 1, null, 0);
    }

    private List<String> walk(Level level, int files) throws Exception {
        List<String> found = new ArrayList<>();
        while (found.size() < files) {
            Upcoming next = ahead.next(level, new PathBuffer(), directory);
            byte[] name = next != null ? next.name : level.names.next();
            if (next != null) {
                assertEquals(size, next.stat.size());
            }
            found.add(new String(name, UTF_8));
            ahead.done(next);
        }
        return found;
    }

    @Test
    void aFastSourceIsLeftToTheWalk() throws Exception {
        Level level = level(100);
        assertEquals(100, walk(level, 100).size());
        assertEquals(0, looked.get());
        assertEquals(List.of(), roomTaken);
    }

    /** The time of a slow source is counted in ticks, at each of which it answers all that ask. */
    @Test
    void aSlowSourceIsAskedByManyAtOnceAndTheOrderStays() throws Exception {
        isSlow();
        slow = true;
        int files = 480;
        Level level = level(files);
        AtomicInteger ticked = new AtomicInteger();
        Thread time = Thread.ofPlatform().daemon().start(() -> {
            for (int left = files; left > 0; ticked.incrementAndGet()) {
                left -= ticks.tick(Math.min(left, Readers.MOST));
            }
        });
        List<String> found = walk(level, files);
        time.join();
        assertEquals(found.stream().sorted().toList(), found);
        assertEquals(files, found.stream().distinct().count());
        // The walk itself may be one more.
        assertTrue(ticked.get() >= files / (Readers.MOST + 1) && ticked.get() <= files / Readers.MOST + 1, () -> ticked + " ticks");
    }

    @Test
    void whatIsReadAheadStaysInItsRoom() throws Exception {
        isSlow();
        size = SMALL - 1;
        Level level = level(200);
        int held = 0;
        for (int i = 0; i < 200; i++) {
            Upcoming next = ahead.next(level, new PathBuffer(), directory);
            held += next.content == null ? 0 : 1;
            assertTrue(looked.get() - i <= Lookahead.AHEAD_BYTES / size + 1, "more than the room holds");
            ahead.done(next);
        }
        assertTrue(held > 0);
        ahead.close();
        assertEquals(List.of((long) Lookahead.AHEAD_BYTES, (long) -Lookahead.AHEAD_BYTES), roomTaken);
    }

    @Test
    void nothingIsReadAheadWithoutRoom() throws Exception {
        isSlow();
        crowded = true;
        assertEquals(null, ahead.next(level(200), new PathBuffer(), directory));
        assertEquals(0, looked.get());
        ahead.close();
        assertEquals(List.of((long) Lookahead.AHEAD_BYTES), roomTaken);
    }

    @Test
    void atTheEndOfADirectoryItsHandleIsClosedAndNothingIsLeftOut() throws Exception {
        isSlow();
        Level level = level(70);
        walk(level, 70);
        assertEquals(null, ahead.next(level, new PathBuffer(), directory));
        assertEquals(null, level.names.next());
        assertEquals(1, closed.get());
        assertEquals(70, looked.get());
    }

    @Test
    void aCancelledJobDoesNotWaitForAReader() throws Exception {
        isSlow();
        slow = true;
        Level level = level(100);
        CompletableFuture<BackupException> end = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> end.complete(assertThrows(BackupException.class, () -> walk(level, 100))));
        ticks.await(Readers.MOST);
        breaker.cancel();
        ticks.tick(Readers.MOST);
        assertEquals("job.cancelled", end.get(120, TimeUnit.SECONDS).failure().code());
    }
}
