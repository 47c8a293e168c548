package org.azekura.client.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.RawPath;

/** A stream that a job took: the bytes out of their blocks. One thread reads; any may close, which ends a read. */
public final class PipedStream implements IncomingStream {

    private static final int MAX_BLOCK = 1 << 20;
    private static final int IDLE_MS = 1_000;

    private final RawPath name;
    private final Socket socket;
    private final InputStream in;
    private final Runnable idle;
    private final byte[] length = new byte[Integer.BYTES];
    private int left;
    private boolean ended;
    private long taken;

    /** @param idle runs every second without a byte: what writes into the pipe may take its time */
    PipedStream(RawPath name, Socket socket, Runnable idle) throws IOException {
        this.name = name;
        this.socket = socket;
        this.idle = idle;
        socket.setSoTimeout(IDLE_MS);
        in = socket.getInputStream();
    }

    @Override
    public RawPath name() {
        return name;
    }

    /** @throws BackupException {@code stdin.broken} if the command went away before it told the end */
    @Override
    public int read(byte[] into, int offset, int wanted) throws BackupException {
        int read = 0;
        try {
            while (read < wanted && more()) {
                int part = fill(into, offset + read, Math.min(left, wanted - read));
                left -= part;
                taken += part;
                read += part;
            }
            return read;
        } catch (IOException e) {
            throw broken(e.toString());
        }
    }

    /** Begins the next block if the last is read. @return false at the end */
    private boolean more() throws IOException, BackupException {
        if (left == 0 && !ended) {
            for (int got = 0; got < length.length;) {
                got += fill(length, got, length.length - got);
            }
            left = (length[0] & 255) << 24 | (length[1] & 255) << 16 | (length[2] & 255) << 8 | length[3] & 255;
            if (left < 0 || left > MAX_BLOCK) {
                throw broken("a block of " + Integer.toUnsignedString(left) + " bytes was told, at most " + MAX_BLOCK + " are allowed");
            }
            ended = left == 0;
        }
        return !ended;
    }

    private int fill(byte[] into, int offset, int wanted) throws IOException, BackupException {
        while (true) {
            try {
                int read = in.read(into, offset, wanted);
                if (read < 0) {
                    throw broken("the command that brought it ended early");
                }
                return read;
            } catch (SocketTimeoutException e) {
                idle.run();
            }
        }
    }

    private BackupException broken(String why) {
        return BackupException.operator("stdin.broken", name.toString(), "the stream \"" + name + "\" broke off after " + taken + " bytes: " + why
                + "; nothing of it is saved");
    }

    @Override
    public void close() {
        StreamDoor.close(socket);
    }
}
