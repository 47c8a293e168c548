package org.azekura.driver.tape.iscsi;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A TCP connection that keeps deadlines: a channel that does not block, and waits at a selector of its own when it must. */
final class TcpWire implements Wire {

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private TcpWire(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        this.selector = selector;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        this.key = channel.register(selector, SelectionKey.OP_CONNECT);
    }

    static TcpWire connect(InetSocketAddress to, long deadline) throws IOException {
        SocketChannel channel = SocketChannel.open();
        TcpWire wire = null;
        try {
            wire = new TcpWire(channel, Selector.open());
            if (!channel.connect(to)) {
                do {
                    wire.await(SelectionKey.OP_CONNECT, deadline);
                } while (!channel.finishConnect());
            }
            return wire;
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (wire != null) {
                wire.close();
            }
            throw e;
        }
    }

    @Override
    public void send(ByteBuffer[] pieces, int count, long deadline) throws IOException {
        for (int first = 0; ; ) {
            while (first < count && !pieces[first].hasRemaining()) {
                first++;
            }
            if (first == count) {
                return;
            }
            if (channel.write(pieces, first, count - first) == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    @Override
    public void receive(ByteBuffer into, long deadline) throws IOException {
        while (into.hasRemaining()) {
            int read = channel.read(into);
            if (read < 0) {
                throw new EOFException("the target has closed the connection");
            }
            if (read == 0) {
                await(SelectionKey.OP_READ, deadline);
            }
        }
    }

    @Override
    public boolean pending() throws IOException {
        try {
            key.interestOps(SelectionKey.OP_READ);
            selector.selectedKeys().clear();
            return selector.selectNow() > 0;
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw closed(e);
        }
    }

    private void await(int operation, long deadline) throws IOException {
        try {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            key.interestOps(operation);
            selector.selectedKeys().clear();
            selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw closed(e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }

    private static IOException closed(RuntimeException cause) {
        IOException e = new AsynchronousCloseException();
        e.initCause(cause);
        return e;
    }

    /** Whoever waits here is let go at once. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is gone all the same, and nothing that was sent is relied upon without an answer.
        }
        try {
            selector.close();
        } catch (IOException e) {
            // As above.
        }
    }
}
