package org.azekura.transport.tls;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * TLS over one TCP connection. One thread reads, another writes, any closes. Many records go with one call of the system. An end without
 * the other side's word is a break like any other: whoever cares says so in his own protocol.
 */
final class Wire {

    /** A little more than a record. */
    private static final int SMALL = 18 << 10;
    private static final int LARGE = 128 << 10;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** What is read of a side that was refused, so that it hears why. */
    private static final int LEFT_OVER = 64 << 10;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private ByteBuffer in = ByteBuffer.allocate(SMALL).flip();
    private ByteBuffer out = ByteBuffer.allocate(SMALL);
    private final Flow coming = new Flow();
    private final Flow going = new Flow();
    /** How large its buffers may become. */
    private int most = SMALL;
    private X509Certificate peer;

    Wire(SocketChannel channel, SSLEngine engine) throws IOException {
        this.channel = channel;
        this.engine = engine;
        channel.socket().setTcpNoDelay(true);
    }

    /**
     * Agrees on keys; the engine asks its trust manager about the other side. The bound on its time is that somebody closes this.
     *
     * @throws SSLException if one does not trust the other, or the other does not speak TLS
     */
    void handshake() throws IOException {
        try {
            agree();
            if (!Credential.PROTOCOL.equals(engine.getApplicationProtocol())) {
                throw new SSLHandshakeException("the other side does not speak " + Credential.PROTOCOL);
            }
            peer = (X509Certificate) engine.getSession().getPeerCertificates()[0];
        } catch (SSLException e) {
            sayWhy();
            throw e;
        }
    }

    /** Until then it costs little whatever comes: it may be one of many that never say who they are. No other thread uses it yet. */
    void trusted() {
        most = LARGE;
    }

    private void agree() throws IOException {
        ByteBuffer none = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> {
                    wrap(NOTHING);
                    flush();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrapFirst(none);
                case NEED_TASK -> tasks();
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void unwrapFirst(ByteBuffer none) throws IOException {
        SSLEngineResult result = engine.unwrap(in, none);
        if (result.getStatus() == Status.CLOSED) {
            throw new SSLHandshakeException("the other side ended the handshake");
        }
        if (result.getStatus() == Status.BUFFER_UNDERFLOW && !fill()) {
            throw new EOFException("the other side ended the connection during the handshake");
        }
    }

    private void tasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** The alert that the engine has ready. Nothing depends on it. */
    private void sayWhy() {
        try {
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
                if (wrap(NOTHING).getStatus() == Status.CLOSED) {
                    break;
                }
            }
            flush();
        } catch (IOException e) {
            // The other side is told as far as it listens.
        }
    }

    X509Certificate peer() {
        return peer;
    }

    InetSocketAddress remote() {
        return (InetSocketAddress) channel.socket().getRemoteSocketAddress();
    }

    /**
     * Waits for bytes.
     *
     * @param into with room for a record at least
     * @return -1 at the end
     */
    int read(ByteBuffer into) throws IOException {
        int before = into.position();
        while (true) {
            Status status = unwrap(into);
            int got = into.position() - before;
            if (status == Status.CLOSED) {
                return got > 0 ? got : -1;
            }
            if (got > 0 && status != Status.OK) {
                return got;
            }
            if (status == Status.BUFFER_OVERFLOW) {
                throw new IOException("no room for a record in " + into);
            }
            if (status == Status.BUFFER_UNDERFLOW && !fill()) {
                return -1;
            }
        }
    }

    private Status unwrap(ByteBuffer into) throws IOException {
        if (!in.hasRemaining()) {
            return Status.BUFFER_UNDERFLOW;
        }
        SSLEngineResult result = engine.unwrap(in, into);
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            tasks();
        }
        return result.getStatus();
    }

    /** @return false at the end */
    private boolean fill() throws IOException {
        in.compact();
        try {
            int got = channel.read(in);
            if (!in.hasRemaining() && in.capacity() < most) {
                in = ByteBuffer.allocate(most).put(in.flip());
            } else if (coming.isLow(got) && in.capacity() > SMALL && in.position() < SMALL) {
                in = ByteBuffer.allocate(SMALL).put(in.flip());
            }
            return got >= 0;
        } finally {
            in.flip();
        }
    }

    /** Sends all, or fails. */
    void write(ByteBuffer... bytes) throws IOException {
        long all = 0;
        for (ByteBuffer each : bytes) {
            all += each.remaining();
        }
        boolean low = going.isLow((int) Math.min(all, LARGE));
        int room = all >= SMALL ? most : low ? SMALL : out.capacity();
        if (room != out.capacity()) {
            out = ByteBuffer.allocate(room);
        }
        for (int first = 0; first < bytes.length;) {
            if (!bytes[first].hasRemaining()) {
                first++;
                continue;
            }
            SSLEngineResult result = engine.wrap(bytes, first, bytes.length - first, out);
            if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                tasks();
            }
            switch (result.getStatus()) {
                case OK -> { }
                case BUFFER_OVERFLOW -> flush();
                case CLOSED, BUFFER_UNDERFLOW -> throw new EOFException("the connection is closed");
            }
        }
        flush();
    }

    private SSLEngineResult wrap(ByteBuffer bytes) throws IOException {
        SSLEngineResult result = engine.wrap(bytes, out);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            flush();
        }
        return result;
    }

    private void flush() throws IOException {
        out.flip();
        try {
            while (out.hasRemaining()) {
                channel.write(out);
            }
        } finally {
            out.clear();
        }
    }

    /** Says that nothing more is sent. The thread that writes calls it. */
    void end() throws IOException {
        channel.shutdownOutput();
    }

    /** Ends the connection so that the other side hears what was said last: bytes that nobody has read would cut it off. */
    void linger() {
        try {
            channel.shutdownOutput();
            int left = LEFT_OVER;
            for (int n = 0; n >= 0 && left > 0; left -= n) {
                in.clear();
                n = channel.read(in);
            }
        } catch (IOException e) {
            // Gone is gone.
        } finally {
            close();
        }
    }

    /** Any thread; the others' reads and writes fail. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closed for us all the same.
        }
    }
}
