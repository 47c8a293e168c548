package org.azekura.testkit.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through a {@link TcpProxy}. Safe for any number of threads. */
public final class Link {

    private static final int DIAL_MS = 10_000;
    private static final Duration LINGER = Duration.ofMillis(200);

    private final TcpProxy proxy;
    private final InetSocketAddress from;
    private final SocketChannel near;
    private final SocketChannel far;
    private final Map<Direction, Pump> pumps = new EnumMap<>(Direction.class);
    private final CountDownLatch gone = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger directions = new AtomicInteger(Direction.values().length);

    /** @param far not connected */
    Link(TcpProxy proxy, SocketChannel near, SocketChannel far) throws IOException {
        this.proxy = proxy;
        this.from = (InetSocketAddress) near.getRemoteAddress();
        this.near = near;
        this.far = far;
        pumps.put(Direction.FORWARD, new Pump(this, near, far, proxy.traffic(Direction.FORWARD)));
        pumps.put(Direction.BACK, new Pump(this, far, near, proxy.traffic(Direction.BACK)));
    }

    /** Who dialled. */
    public InetSocketAddress from() {
        return from;
    }

    /** What has passed on this connection. */
    public long bytes(Direction direction) {
        return pumps.get(direction).passed();
    }

    /** Ends this connection. Once more is no error. */
    public void end(Ending ending) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        pumps.values().forEach(Pump::close);
        switch (ending) {
            case CUT -> {
                quietly(near::shutdownOutput);
                quietly(far::shutdownOutput);
                Thread.ofPlatform().daemon().name("proxy closes " + from).start(this::close);
            }
            case RESET -> {
                quietly(() -> near.setOption(StandardSocketOptions.SO_LINGER, 0));
                quietly(() -> far.setOption(StandardSocketOptions.SO_LINGER, 0));
                quietly(near::close);
                quietly(far::close);
                leave();
            }
        }
    }

    /** The kernel makes a reset of a close before which not all that came in was read; that would overtake what was passed on. */
    private void close() {
        pumps.values().forEach(pump -> pump.awaitReader(LINGER));
        quietly(near::close);
        quietly(far::close);
        leave();
    }

    private void leave() {
        gone.countDown();
        proxy.gone(this);
    }

    private interface Step {
        void run() throws IOException;
    }

    /** That the other side was faster, or is not reached yet, is no error. */
    private static void quietly(Step step) {
        try {
            step.run();
        } catch (IOException | NotYetConnectedException e) {
            return;
        }
    }

    /** Answers whether it has ended, in time, whoever ended it. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        return gone.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isOpen() {
        return !over.get();
    }

    /** Reaches the target and begins to move bytes; one that can't be reached resets who dialled. */
    void start(InetSocketAddress target) {
        try {
            far.socket().connect(target, DIAL_MS);
            near.setOption(StandardSocketOptions.TCP_NODELAY, true);
            far.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException e) {
            end(Ending.RESET);
        }
        pumps.forEach((direction, pump) -> pump.start(direction + " of " + from));
    }

    /** One direction came to its end in order; the connection is over when both have. */
    void ended() {
        if (directions.decrementAndGet() == 0) {
            end(Ending.CUT);
        }
    }

    /** These bytes were the last of all connections. */
    void ordered(Traffic traffic, Ending ending) {
        proxy.end(ending);
        traffic.ended();
        proxy.hasEnded();
    }
}
