package org.azekura.cli.contact;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A socket, with an end to every wait, which a blocking channel does not have. */
final class SocketStream extends Wire {

    private final SocketChannel channel;
    private final int silence_ms;
    private final Selector selector;
    private final SelectionKey key;

    /** @param channel not blocking; closed with this, and if this fails */
    SocketStream(SocketChannel channel, int silence_ms) throws IOException {
        this.channel = channel;
        this.silence_ms = silence_ms;
        try {
            selector = channel.provider().openSelector();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        key = channel.register(selector, 0);
    }

    @Override
    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    @Override
    boolean offer(ByteBuffer bytes) throws IOException {
        while (!hears(0)) {
            if (!bytes.hasRemaining()) {
                return false;
            }
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
            }
        }
        return true;
    }

    @Override
    boolean hears(int patience_ms) throws IOException {
        return buffer.hasRemaining() || isReady(SelectionKey.OP_READ, patience_ms);
    }

    @Override
    boolean fill() throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(buffer);
        }
        buffer.flip();
        return count > 0;
    }

    private void await(int operations) throws IOException {
        if (!isReady(operations, silence_ms)) {
            throw new SocketTimeoutException("it was silent for " + silence_ms / 1000 + " s");
        }
    }

    private boolean isReady(int operations, int patience_ms) throws IOException {
        key.interestOps(operations);
        boolean ready = (patience_ms == 0 ? selector.selectNow() : selector.select(patience_ms)) > 0;
        selector.selectedKeys().clear();
        return ready;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
