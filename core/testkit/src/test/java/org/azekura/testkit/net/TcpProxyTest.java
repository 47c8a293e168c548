package org.azekura.testkit.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.InetAddress;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.azekura.testkit.Seeds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(30);

    private final long seed = Seeds.start();
    private final Random random = Seeds.random(seed);
    private final Host host;
    private final TcpProxy proxy;

    TcpProxyTest() throws IOException {
        host = new Host();
        proxy = TcpProxy.to(host.address());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        host.close();
    }

    private byte[] content(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Writes on a thread of its own: what is on its way may be more than fits. */
    private static FutureTask<Void> write(Socket to, byte[] content) {
        FutureTask<Void> writing = new FutureTask<>(() -> {
            to.getOutputStream().write(content);
            to.shutdownOutput();
            return null;
        });
        Thread.ofPlatform().daemon().name("writer").start(writing);
        return writing;
    }

    @Test
    void bytesPassBothWaysAndAreCounted() throws Exception {
        try (Socket near = Host.dial(proxy); Socket far = host.accepted()) {
            byte[] there = content(10_000_000);
            byte[] back = content(300_000);
            FutureTask<Void> writing = write(near, there);
            assertArrayEquals(there, far.getInputStream().readAllBytes(), "seed " + seed);
            assertTrue(proxy.awaitBytes(Direction.FORWARD, 10_000_000, LONG));
            List<Link> links = proxy.links();
            write(far, back);
            assertArrayEquals(back, near.getInputStream().readAllBytes(), "seed " + seed);
            writing.get(120, TimeUnit.SECONDS);
            assertEquals(1, links.size());
            assertTrue(links.getFirst().awaitEnd(LONG));
            assertEquals(near.getLocalPort(), links.getFirst().from().getPort());
            assertEquals(List.of(10_000_000L, 300_000L), List.of(proxy.bytes(Direction.FORWARD), proxy.bytes(Direction.BACK)));
        }
    }

    @Test
    void everythingEndsAfterExactlySoManyBytes() throws Exception {
        try (Socket near = Host.dial(proxy); Socket far = host.accepted(); Socket other = Host.dial(proxy); Socket otherFar = host.accepted()) {
            int end = 1 + random.nextInt(999_999);
            byte[] sent = content(1_000_000);
            proxy.endAfter(Direction.FORWARD, end, Ending.CUT);
            write(near, sent);
            byte[] received = far.getInputStream().readAllBytes();
            assertEquals(end, received.length, "seed " + seed);
            assertArrayEquals(java.util.Arrays.copyOf(sent, end), received);
            assertTrue(proxy.awaitEnd(LONG));
            assertEquals(-1, other.getInputStream().read());
            assertEquals(-1, otherFar.getInputStream().read());
        }
        try (Socket later = Host.dial(proxy); Socket far = host.accepted()) {
            write(later, content(100));
            assertEquals(100, far.getInputStream().readAllBytes().length, "later connections pass");
        }
    }

    @Test
    void aResetIsSeenByBothSidesAsOne() throws Exception {
        try (Socket near = Host.dial(proxy); Socket far = host.accepted()) {
            near.getOutputStream().write(1);
            assertEquals(1, far.getInputStream().read());
            proxy.reset();
            assertEquals("Connection reset", assertThrows(SocketException.class, () -> near.getInputStream().read()).getMessage());
            assertEquals("Connection reset", assertThrows(SocketException.class, () -> far.getInputStream().read()).getMessage());
            assertEquals(List.of(), proxy.links());
        }
    }

    @Test
    void whatOneSideResetsIsResetAtTheOther() throws Exception {
        Socket near = Host.dial(proxy);
        try (Socket far = host.accepted()) {
            near.setSoLinger(true, 0);
            near.close();
            assertThrows(SocketException.class, () -> far.getInputStream().read());
        }
    }

    @Test
    void aStallHoldsOneDirectionAndLosesNothing() throws Exception {
        try (Socket near = Host.dial(proxy); Socket far = host.accepted()) {
            proxy.stall(Direction.FORWARD);
            byte[] held = content(100_000);
            FutureTask<Void> writing = write(near, held);
            assertFalse(proxy.awaitBytes(Direction.FORWARD, 1, SHORT));
            far.getOutputStream().write(7);
            assertEquals(7, near.getInputStream().read(), "the other direction moves");
            proxy.flow();
            assertArrayEquals(held, far.getInputStream().readAllBytes());
            writing.get(120, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatIsStalledCanBeCut() throws Exception {
        try (Socket near = Host.dial(proxy); Socket far = host.accepted()) {
            proxy.stall();
            near.getOutputStream().write(content(1_000));
            proxy.cut();
            assertEquals(-1, far.getInputStream().read());
            assertEquals(-1, near.getInputStream().read());
        }
    }

    @Test
    void refusesUntilItAdmitsAgain() throws Exception {
        try (Socket before = Host.dial(proxy); Socket far = host.accepted()) {
            proxy.refuse();
            proxy.refuse();
            assertThrows(ConnectException.class, () -> Host.dial(proxy));
            before.getOutputStream().write(5);
            assertEquals(5, far.getInputStream().read(), "what is there stays");
            proxy.admit();
            proxy.admit();
            Host.dial(proxy).close();
            host.accepted().close();
        }
    }

    @Test
    void aSlowLinkIsAsSlowAsWasSaid() throws Exception {
        try (Socket near = Host.dial(proxy); Socket far = host.accepted()) {
            proxy.rate(1_000_000);
            long begin = System.nanoTime();
            write(near, content(100_000));
            assertEquals(100_000, far.getInputStream().readAllBytes().length);
            // the last slice is not waited for
            assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(45));
        }
    }

    @Test
    void aLongWayDelaysAndDoesNotNarrow() throws Exception {
        proxy.latency(Duration.ofMillis(400));
        try (Socket near = Host.dial(proxy); Socket far = host.accepted()) {
            long begin = System.nanoTime();
            write(near, content(3_000_000));
            assertEquals(3_000_000, far.getInputStream().readAllBytes().length);
            long took = System.nanoTime() - begin;
            assertTrue(took >= TimeUnit.MILLISECONDS.toNanos(400));
            // chunk after chunk it would be 46 x 400 ms and more
            assertTrue(took < TimeUnit.SECONDS.toNanos(18), took + " ns");
        }
    }

    @Test
    void changesOneBitOfOneByte() throws Exception {
        try (Socket near = Host.dial(proxy); Socket far = host.accepted()) {
            int at = random.nextInt(200_000);
            byte[] expected = content(200_000);
            proxy.flipAfter(Direction.FORWARD, at);
            write(near, expected.clone());
            expected[at] ^= 1;
            assertArrayEquals(expected, far.getInputStream().readAllBytes(), "seed " + seed);
        }
    }

    @Test
    void goesToWhereItIsToldToAndResetsWhoCannotGoThere() throws Exception {
        try (Host other = new Host()) {
            proxy.target(other.address());
            Host.dial(proxy).close();
            other.accepted().close();
        }
        // a port that was ours may be another's by now
        proxy.target(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        try (Socket lost = Host.dial(proxy)) {
            assertThrows(SocketException.class, () -> lost.getInputStream().read());
        }
    }

    @Test
    void nothingIsLeftOfAClosedProxy() throws Exception {
        try (Socket near = Host.dial(proxy); Socket far = host.accepted()) {
            near.getOutputStream().write(1);
            assertEquals(1, far.getInputStream().read());
            proxy.close();
            assertEquals(-1, near.getInputStream().read());
            assertEquals(List.of(), proxy.links());
            assertThrows(ConnectException.class, () -> Host.dial(proxy));
        }
    }
}
