package org.azekura.transport.tls;

import static org.azekura.testkit.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.azekura.api.transport.Connection;
import org.azekura.api.transport.Stream;
import org.azekura.testkit.Seeds;
import org.azekura.testkit.net.Direction;
import org.azekura.testkit.net.Ending;
import org.azekura.testkit.transport.TransportContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection lives on although its links break. */
@Timeout(300)
class ResumeTest {

    private static final Duration LONG = TwoHosts.LONG;
    /** Two cores may have much else to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(80);
    private static final int STREAMS = 4;
    private static final int FRAMES = 25;

    @TempDir
    Path folder;
    private TwoHosts hosts;

    @BeforeEach
    void start() throws Exception {
        hosts = new TwoHosts(folder);
    }

    @AfterEach
    void stop() throws Exception {
        hosts.close();
    }

    @Test
    void everythingArrivesOnceInOrderAndWholeHoweverOftenTheNetworkBreaks() throws Exception {
        long seed = Seeds.start();
        int cuts = Seeds.slow() ? 300 : 25;
        try (Connection ours = hosts.dial(); Connection theirs = hosts.accepted()) {
            AtomicInteger running = new AtomicInteger(2 * STREAMS);
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                Stream out = i % 2 == 0 ? ours.open() : theirs.open();
                out.send(ByteBuffer.allocate(4).putInt(i).flip(), LONG);
                Stream in = i % 2 == 0 ? theirs.accept(LONG) : ours.accept(LONG);
                int number = in.receive(LONG).getInt();
                assertEquals(i, number, "-Dseed=" + seed);
                all.addAll(bothWays(out, in, seed + 10 * i, running));
            }
            Random random = Seeds.random(seed);
            for (int cut = 0; cut < cuts && running.get() > 0; cut++) {
                hosts.proxy.endAfter(random.nextBoolean() ? Direction.FORWARD : Direction.BACK, 1 + random.nextInt(1 << (10 + random.nextInt(13))),
                        random.nextBoolean() ? Ending.CUT : Ending.RESET);
                hosts.proxy.awaitEnd(Duration.ofMillis(500));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
            assertTrue(hosts.proxy.bytes(Direction.FORWARD) > 0);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("-Dseed=" + seed, e);
        }
    }

    private static List<CompletableFuture<Void>> bothWays(Stream one, Stream other, long seed, AtomicInteger running) {
        return List.of(send(one, seed), receive(other, seed, running), send(other, seed + 1), receive(one, seed + 1, running));
    }

    private static byte[] frame(Random random) {
        byte[] frame = new byte[switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1, 2 -> random.nextInt(1000);
            case 3 -> 60_000 + random.nextInt(10_000);
            default -> random.nextInt(random.nextInt(10) == 0 ? Stream.MAX_FRAME : 1 << 19);
        }];
        random.nextBytes(frame);
        return frame;
    }

    private static CompletableFuture<Void> send(Stream stream, long seed) {
        return TransportContract.async(() -> {
            Random random = Seeds.random(seed);
            for (int i = 0; i < FRAMES; i++) {
                stream.send(ByteBuffer.wrap(frame(random)), PATIENCE);
            }
            stream.endSending();
        });
    }

    private static CompletableFuture<Void> receive(Stream stream, long seed, AtomicInteger running) {
        return TransportContract.async(() -> {
            Random random = Seeds.random(seed);
            for (int i = 0; i < FRAMES; i++) {
                ByteBuffer got = stream.receive(PATIENCE);
                assertNotNull(got, "the end came too early");
                assertArrayEquals(frame(random), Bytes.of(got), "frame " + i);
            }
            assertNull(stream.receive(PATIENCE));
            running.decrementAndGet();
        });
    }

    @Test
    void aStalledNetworkIsFoundDeadAndDialledAnew() throws Exception {
        try (Connection ours = hosts.dial(); Connection theirs = hosts.accepted()) {
            hosts.proxy.stall();
            ours.control().send(ByteBuffer.wrap(new byte[] {1}), LONG);
            hosts.proxy.flow();
            assertEquals(1, theirs.control().receive(LONG).get());
            hosts.proxy.stall(Direction.FORWARD);
            var before = hosts.proxy.links();
            ours.control().send(ByteBuffer.wrap(new byte[] {2}), LONG);
            assertRefused("transport.timeout", () -> theirs.control().receive(Hosts.SILENCE.multipliedBy(2)));
            hosts.proxy.flow();
            assertEquals(2, theirs.control().receive(LONG).get());
            assertTrue(hosts.proxy.links().stream().anyMatch(link -> !before.contains(link)), "it was not dialled anew");
        }
    }

    @Test
    void whenTheServerIsStartedAnewItsOldConnectionsEnd() throws Exception {
        try (Connection ours = hosts.dial()) {
            hosts.accepted();
            hosts.proxy.refuse();
            hosts.proxy.cut();
            hosts.server.close();
            try (TlsTransport restarted = Hosts.of(hosts.serverHome); var listener = restarted.listen("server", TwoHosts.SERVER, Connection::close)) {
                hosts.proxy.target(Place.parse(listener.address()).socket());
                hosts.proxy.admit();
                var e = assertRefused("transport.closed", () -> ours.control().receive(LONG));
                assertTrue(e.getMessage().contains("not known"), e.getMessage());
            }
        }
    }

    @Test
    void whenTheClientIsStartedAnewItsOldConnectionsEnd() throws Exception {
        hosts.dial();
        Connection before = hosts.accepted();
        hosts.proxy.refuse();
        hosts.proxy.cut();
        try (TlsTransport restarted = Hosts.of(hosts.clientHome)) {
            // The server may not have noticed the cut yet: then the client dials once more, as those do that come too early.
            CompletableFuture<Void> ended = TransportContract.async(() -> assertRefused("transport.closed", () -> before.control().receive(LONG)));
            while (!ended.isDone()) {
                restarted.dial(hosts.listener.address(), TwoHosts.CLIENT, LONG).close();
                hosts.accepted().close();
            }
            ended.get(120, TimeUnit.SECONDS);
        }
    }

    @Test
    void theOtherSideIsToldOfTheEnd() throws Exception {
        Connection ours = hosts.dial();
        Connection theirs = hosts.accepted();
        Stream stuck = theirs.open();
        for (int i = 0; i < 10; i++) {
            stuck.send(ByteBuffer.allocate(1000), LONG);
        }
        long begin = System.nanoTime();
        ours.close();
        assertRefused("transport.closed", () -> theirs.control().receive(LONG));
        assertTrue(System.nanoTime() - begin < Hosts.GRACE.toNanos() / 4, "it waited for the grace time");
    }

    @Test
    void aConnectionThatIsNotResumedEndsOnBothSides() throws Exception {
        Settings s = Hosts.settings();
        try (TwoHosts brief = new TwoHosts(folder.resolve("brief"), new Settings(s.host(), s.port(), s.ping(), s.silence(), Duration.ofMillis(500),
                s.greeting(), s.unfinished(), s.memory()))) {
            Connection ours = brief.dial();
            Connection theirs = brief.accepted();
            brief.proxy.refuse();
            brief.proxy.cut();
            assertRefused("transport.closed", () -> ours.control().receive(LONG));
            assertRefused("transport.closed", () -> theirs.control().receive(LONG));
            assertNull(theirs.accept(LONG));
            brief.proxy.admit();
        }
    }

    @Test
    void whoWaitsAndSendsNoticesNothingButAPause() throws Exception {
        try (Connection ours = hosts.dial(); Connection theirs = hosts.accepted()) {
            CompletableFuture<ByteBuffer> waiting = new CompletableFuture<>();
            CompletableFuture<Void> done = TransportContract.async(() -> waiting.complete(theirs.control().receive(LONG)));
            hosts.proxy.refuse();
            hosts.proxy.reset();
            ours.control().send(ByteBuffer.wrap(new byte[] {7}), LONG);
            ours.open().send(ByteBuffer.wrap(new byte[] {8}), LONG);
            hosts.proxy.admit();
            assertEquals(7, waiting.get(120, TimeUnit.SECONDS).get());
            assertEquals(8, theirs.accept(LONG).receive(LONG).get());
            done.get(120, TimeUnit.SECONDS);
        }
    }
}
