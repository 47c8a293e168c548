package org.azekura.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.testkit.transport.TransportContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Thirty clients of one server, which has less memory than they would like. */
@Timeout(300)
class ManyTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int CLIENTS = 30;
    private static final long MEMORY = 3L * Stream.MAX_FRAME;

    @TempDir
    Path folder;
    private TwoHosts hosts;
    private final List<Connection> accepted = new ArrayList<>();
    private final List<Stream> ours = new ArrayList<>();
    private final List<Stream> theirs = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        Settings s = Hosts.settings();
        hosts = new TwoHosts(folder, new Settings(s.host(), s.port(), s.ping(), Duration.ofSeconds(20), s.grace(), Duration.ofSeconds(20), s.unfinished(), MEMORY));
        for (int i = 0; i < CLIENTS; i++) {
            Connection dialled = hosts.client.dial(hosts.listener.address(), TwoHosts.CLIENT, LONG);
            Connection come = hosts.accepted();
            accepted.add(come);
            ours.add(dialled.open());
            theirs.add(come.accept(LONG));
        }
    }

    @AfterEach
    void stop() throws Exception {
        assertTrue(used() <= MEMORY, used() + " bytes are used");
        hosts.close();
        allComesBack();
    }

    /** What reads a link ends a moment after it was closed. */
    private void allComesBack() {
        for (long end = System.nanoTime() + LONG.toNanos(); used() > 0 && System.nanoTime() < end;) {
            Thread.onSpinWait();
        }
        assertEquals(0, used());
    }

    private long used() {
        return hosts.server.means().budget().used();
    }

    private static CompletableFuture<Void> send(Stream stream, int frames, int size) {
        return TransportContract.async(() -> {
            for (int i = 0; i < frames; i++) {
                stream.send(ByteBuffer.allocate(size).putInt(0, i), LONG);
            }
            stream.endSending();
        });
    }

    private CompletableFuture<Void> receive(Stream stream, int frames, int size) {
        return TransportContract.async(() -> {
            for (int i = 0; i < frames; i++) {
                ByteBuffer frame = stream.receive(LONG);
                assertEquals(size, frame.remaining());
                assertEquals(i, frame.getInt(0));
                assertTrue(used() <= MEMORY, used() + " bytes are used");
            }
        });
    }

    @Test
    void largestFramesOfAllAtOnceGoThrough() throws Exception {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            all.add(send(ours.get(i), 1, Stream.MAX_FRAME));
            all.add(receive(theirs.get(i), 1, Stream.MAX_FRAME));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
    }

    @Test
    void whoIsNotReadHoldsUpNobody() throws Exception {
        for (int i = 1; i < CLIENTS; i++) {
            send(ours.get(i), 10, 1 << 20);
        }
        // Until those that nobody reads have what they get.
        for (int i = 1; i < CLIENTS; i++) {
            assertEquals(1 << 20, theirs.get(i).receive(LONG).remaining());
        }
        CompletableFuture<Void> sent = send(ours.getFirst(), 4, Stream.MAX_FRAME);
        receive(theirs.getFirst(), 4, Stream.MAX_FRAME).get(120, TimeUnit.SECONDS);
        sent.get(120, TimeUnit.SECONDS);
    }

    @Test
    void memoryOfWhatIsGivenUpComesBack() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            send(ours.get(i), 3, Stream.MAX_FRAME);
        }
        for (Stream stream : theirs.subList(0, CLIENTS - 1)) {
            stream.close();
        }
        assertEquals(Stream.MAX_FRAME, theirs.getLast().receive(LONG).remaining());
        theirs.getLast().close();
        assertEquals(0, used());
    }

    /** As it happens when both sides end at a time: what the other side ends is no longer among those that this one ends and waits for. */
    @Test
    void memoryComesBackFromWhatTheOtherSideEndsWhileThisOneCloses() throws Exception {
        for (int i = 1; i < CLIENTS; i++) {
            send(ours.get(i), 10, 1 << 20);
        }
        for (int i = 1; i < CLIENTS; i++) {
            assertEquals(1 << 20, theirs.get(i).receive(LONG).remaining());
        }
        assertTrue(used() > 0, "nobody has anything to give back");
        hosts.server.means().watch().close();
        hosts.client.close();
        allComesBack();
        for (Connection each : accepted) {
            assertTrue(((Session) each).links().join(LONG), "what sends has not ended");
        }
    }

    @Test
    void controlIsNotHeldUpByData() throws BackupException, InterruptedException {
        try (Connection dialled = hosts.client.dial(hosts.listener.address(), TwoHosts.CLIENT, LONG); Connection accepted = hosts.accepted()) {
            Stream data = dialled.open();
            CompletableFuture<Void> bulk = send(data, 40, Stream.MAX_FRAME);
            Stream taken = accepted.accept(LONG);
            taken.receive(LONG);
            dialled.control().send(ByteBuffer.wrap(new byte[] {1}), LONG);
            assertEquals(1, accepted.control().receive(LONG).get());
            assertTrue(!bulk.isDone(), "the data went first");
        }
    }
}
