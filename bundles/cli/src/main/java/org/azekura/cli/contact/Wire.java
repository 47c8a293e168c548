package org.azekura.cli.contact;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes of a connection, with an end to every wait for what comes. Used by one thread. */
abstract class Wire implements Closeable {

    private static final int BUFFER_BYTES = 16 << 10;

    /** What has come and is not read. */
    final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    /** Sends all of it. */
    abstract void write(ByteBuffer bytes) throws IOException;

    /**
     * Sends it as long as nothing has come.
     *
     * @return whether something has come; if not, all was sent
     */
    abstract boolean offer(ByteBuffer bytes) throws IOException;

    /** Whether something has come, or does within this time; that nothing comes any more is something, too. */
    abstract boolean hears(int patience_ms) throws IOException;

    /** Waits for something, and takes it into the empty buffer. @return false at the end */
    abstract boolean fill() throws IOException;

    /** @return how many, at least one; -1 at the end */
    final int read(byte[] into, int at, int length) throws IOException {
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, at, count);
        return count;
    }

    /** A line that ends with CR LF, or LF, without that; at most {@code limit} bytes, each a character. */
    final String line(int limit) throws IOException {
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
}
