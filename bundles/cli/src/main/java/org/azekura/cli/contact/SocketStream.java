package org.azekura.cli.contact;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Bytes of a socket, with an end to every wait, which a blocking channel does not have. Used by one thread. */
final class SocketStream implements Closeable {

    private static final int BUFFER_BYTES = 16 << 10;

    private final SocketChannel channel;
    private final int silence_ms;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
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

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /** @return how many, at least one; -1 at the end */
    int read(byte[] into, int at, int length) throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, at, count);
        return count;
    }

    /** A line that ends with CR LF, or LF, without that; at most {@code limit} bytes, each a character. */
    String line(int limit) throws IOException {
        StringBuilder line = new StringBuilder();
        while (buffer.hasRemaining() || fill()) {
            int next = buffer.get() & 0xff;
            if (next == '\n') {
                int end = line.length() - 1;
                return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
            }
            if (line.length() >= limit) {
                throw new IOException("a line of its answer is longer than " + limit + " bytes");
            }
            line.append((char) next);
        }
        throw new EOFException("its answer broke off");
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(buffer);
        }
        buffer.flip();
        return count > 0;
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        if (selector.select(silence_ms) == 0) {
            throw new SocketTimeoutException("it was silent for " + silence_ms / 1000 + " s");
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
