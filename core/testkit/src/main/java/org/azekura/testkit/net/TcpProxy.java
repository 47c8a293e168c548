package org.azekura.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stands between two hosts and does to their connections what a test says: all of them, those that are there and those that will come.
 * Safe for any number of threads. What is on its way is bounded to 4 MiB a connection and direction; the kernel's buffers come on top.
 */
public final class TcpProxy implements AutoCloseable {

    private final Sockets sockets;
    private final Map<Direction, Traffic> traffic = new EnumMap<>(Map.of(Direction.FORWARD, new Traffic(), Direction.BACK, new Traffic()));
    private final Set<Link> links = new LinkedHashSet<>();
    private final InetSocketAddress address;
    private volatile InetSocketAddress target;
    private ServerSocketChannel listener;
    private Thread acceptor;
    /** Holds the port while nobody listens there: connections are refused and nobody else takes it. */
    private SocketChannel holder;
    private CountDownLatch ending = new CountDownLatch(1);
    private boolean closed;

    private TcpProxy(InetSocketAddress at, InetSocketAddress target, Sockets sockets) throws IOException {
        this.sockets = sockets;
        this.target = target;
        this.address = listen(at);
    }

    /** Listens at a free port of the loopback address. */
    public static TcpProxy to(InetSocketAddress target) throws IOException {
        return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), target, Sockets.HERE);
    }

    /** @param at port 0 takes a free one */
    public static TcpProxy listen(InetSocketAddress at, InetSocketAddress target, Sockets sockets) throws IOException {
        return new TcpProxy(at, target, sockets);
    }

    /** What to dial. */
    public InetSocketAddress address() {
        return address;
    }

    /** Where connections made from here on go; those that are there stay. */
    public void target(InetSocketAddress other) {
        target = other;
    }

    /** Ends every connection that is there. */
    public void end(Ending how) {
        links().forEach(link -> link.end(how));
    }

    /** {@link Ending#CUT} at once. */
    public void cut() {
        end(Ending.CUT);
    }

    /** {@link Ending#RESET} at once. */
    public void reset() {
        end(Ending.RESET);
    }

    /** Keeps everything open and moves nothing, in these directions or, if none is named, in both; until {@link #flow}. */
    public void stall(Direction... directions) {
        for (Direction direction : directions.length == 0 ? Direction.values() : directions) {
            traffic(direction).stall(true);
        }
    }

    /** Ends every {@link #stall}; nothing was lost. */
    public void flow() {
        traffic.values().forEach(each -> each.stall(false));
    }

    /** New connections are refused by the kernel until {@link #admit}; those that are there stay. */
    public synchronized void refuse() throws IOException {
        if (listener != null) {
            unlisten();
            holder = sockets.holder();
            holder.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        }
    }

    /** Takes new connections again. */
    public synchronized void admit() throws IOException {
        if (listener == null && !closed) {
            holder.close();
            listen(address);
        }
    }

    /** No more than so many bytes in a second and direction, all connections together; 0 for no bound. */
    public void rate(long bytesPerSecond) {
        traffic.values().forEach(each -> each.rate(bytesPerSecond == 0 ? Long.MAX_VALUE : bytesPerSecond));
    }

    /** What comes in from here on goes out so much later, each way. */
    public void latency(Duration oneWay) {
        traffic.values().forEach(each -> each.latency(oneWay));
    }

    /**
     * When exactly so many more bytes have passed in a direction, all connections together, every connection ends. Once: later
     * connections pass.
     *
     * @param bytes at least 1
     */
    public synchronized void endAfter(Direction direction, long bytes, Ending how) {
        ending = new CountDownLatch(1);
        traffic(direction).endAfter(bytes, how);
    }

    /** Answers whether what {@link #endAfter} ordered last came to pass in time. */
    public boolean awaitEnd(Duration timeout) throws InterruptedException {
        CountDownLatch awaited;
        synchronized (this) {
            awaited = ending;
        }
        return awaited.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Changes one bit of the byte that comes after so many more in a direction. */
    public void flipAfter(Direction direction, long bytes) {
        traffic(direction).flipAfter(bytes);
    }

    /** All that has passed so far, over all connections, also those that have ended. */
    public long bytes(Direction direction) {
        return traffic(direction).passed();
    }

    /** Answers whether so many bytes have passed in time, all told. */
    public boolean awaitBytes(Direction direction, long bytes, Duration timeout) throws InterruptedException {
        return traffic(direction).await(bytes, timeout);
    }

    /** The connections that are there, oldest first. */
    public List<Link> links() {
        synchronized (links) {
            return List.copyOf(links);
        }
    }

    /** Ends everything, connections by {@link Ending#CUT}, and waits until it has. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (listener != null) {
            unlisten();
        } else if (holder != null) {
            holder.close();
        }
        cut();
        synchronized (links) {
            try {
                // A link that is given up closes its sockets in bounded time, and then goes.
                while (!links.isEmpty()) {
                    links.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    Traffic traffic(Direction direction) {
        return traffic.get(direction);
    }

    void gone(Link link) {
        synchronized (links) {
            links.remove(link);
            links.notifyAll();
        }
    }

    synchronized void hasEnded() {
        ending.countDown();
    }

    private InetSocketAddress listen(InetSocketAddress at) throws IOException {
        ServerSocketChannel made = sockets.server();
        made.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(at);
        InetSocketAddress bound = (InetSocketAddress) made.getLocalAddress();
        listener = made;
        acceptor = Thread.ofPlatform().daemon().name("proxy at " + bound).start(() -> accept(made));
        return bound;
    }

    /** The port is free only when the thread that waits there has left the kernel. */
    private void unlisten() throws IOException {
        listener.close();
        listener = null;
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocketChannel from) {
        try {
            while (true) {
                Link link = new Link(this, from.accept(), sockets.client());
                synchronized (links) {
                    links.add(link);
                }
                // A target that can't be reached must not hold up those that come later.
                Thread.ofPlatform().daemon().name("proxy dials " + target).start(() -> link.start(target));
            }
        } catch (IOException e) {
            return;
        }
    }
}
