package org.azekura.client.mount;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.RawPath;
import org.azekura.api.content.Content;
import org.azekura.client.job.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class OpenContentTest {

    private static final RawPath FILE = RawPath.of("/srv/image");

    private final OpenContents contents = new OpenContents(new ClientName("host"));
    private final FakeFile file = new FakeFile(61, 10);
    private final Tally tally = new Tally();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** A job that answers until it is asked no more. */
    private Future<?> job(long stream) {
        Asker asker = contents.take(stream);
        Shelf shelf = new Shelf();
        FileBytes bytes = file.reader(shelf);
        ReadAhead ahead = new ReadAhead(bytes, new Chunks(shelf, (wanted, taker) -> { }), threads);
        return threads.submit(() -> {
            asker.ask(new MountedSnapshot(null, bytes, ahead, tally, why -> { }), threads);
            return null;
        });
    }

    @Test
    void isReadWhileAJobAnswersAndEndsIt() throws Exception {
        Future<?> job;
        try (Content content = contents.open()) {
            assertFalse(content.await(Duration.ZERO));
            job = job(content.stream());
            assertTrue(content.await(Duration.ofSeconds(30)));
            assertArrayEquals(Arrays.copyOfRange(file.content, 100, 200), content.read(FILE, 100, 100));
            assertEquals(100, tally.bytes());
        }
        job.get(120, TimeUnit.SECONDS);
    }

    @Test
    void endsItsJobAsFailedForTheReasonThatItWasGiven() {
        Content content = contents.open();
        Future<?> job = job(content.stream());
        content.fail(BackupException.corrupt("chunk.damaged", "c", "a chunk is damaged"));
        content.close();
        var failed = assertThrows(ExecutionException.class, () -> job.get(120, TimeUnit.SECONDS));
        assertEquals("chunk.damaged", ((BackupException) failed.getCause()).failure().code());
    }

    @Test
    void tellsWhoReadsWhyTheJobEnded() throws Exception {
        try (Content content = contents.open()) {
            Asker asker = contents.take(content.stream());
            asker.fail(BackupException.operator("job.cancelled", "7", "job 7 was cancelled"));
            var refused = assertThrows(BackupException.class, () -> content.await(Duration.ofSeconds(30)));
            assertEquals("job.cancelled", refused.failure().code());
            assertEquals("job.cancelled", assertThrows(BackupException.class, () -> content.read(FILE, 0, 1)).failure().code());
        }
    }

    @Test
    void isTakenOnceAndNotWhenItIsClosed() {
        Content content = contents.open();
        assertSame(content, contents.take(content.stream()));
        assertNull(contents.take(content.stream()));
        Content left = contents.open();
        left.close();
        assertNull(contents.take(left.stream()));
    }
}
