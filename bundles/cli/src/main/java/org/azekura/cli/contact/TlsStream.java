package org.azekura.cli.contact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A connection over the network. What it sends waits as long as TCP does for who takes nothing any more. */
final class TlsStream extends Wire {

    private static final int HTTPS = 443;

    private final Socket below;
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final int silence_ms;

    private TlsStream(Socket below, SSLSocket socket, int silence_ms) throws IOException {
        this.below = below;
        this.socket = socket;
        this.silence_ms = silence_ms;
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** @param sockets say which certificates are accepted */
    static TlsStream connect(URI url, SSLSocketFactory sockets, int silence_ms) throws IOException {
        int port = url.getPort() < 0 ? HTTPS : url.getPort();
        Socket below = new Socket();
        try {
            below.connect(new InetSocketAddress(url.getHost(), port), Math.min(Way.CONNECT_MS, silence_ms));
            below.setTcpNoDelay(true);
            SSLSocket socket = (SSLSocket) sockets.createSocket(below, url.getHost(), port, true);
            socket.setSoTimeout(silence_ms);
            socket.startHandshake();
            return new TlsStream(below, socket, silence_ms);
        } catch (IOException | RuntimeException e) {
            below.close();
            throw e;
        }
    }

    @Override
    void write(ByteBuffer bytes) throws IOException {
        out.write(bytes.array(), bytes.position(), bytes.remaining());
        bytes.position(bytes.limit());
    }

    @Override
    boolean offer(ByteBuffer bytes) throws IOException {
        if (hears(0)) {
            return true;
        }
        write(bytes);
        return false;
    }

    @Override
    boolean hears(int patience_ms) throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        if (patience_ms == 0 && below.getInputStream().available() == 0) {
            return false;
        }
        // what has come may be TLS's own, or a part of what will; the socket keeps that for the next time
        socket.setSoTimeout(Math.max(1, patience_ms));
        try {
            fill();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(silence_ms);
        }
    }

    @Override
    boolean fill() throws IOException {
        buffer.clear().limit(0);
        int count = in.read(buffer.array());
        buffer.limit(Math.max(0, count));
        return count > 0;
    }

    /** Without a word of TLS's: that would wait for who does not read. */
    @Override
    public void close() throws IOException {
        below.close();
    }
}
