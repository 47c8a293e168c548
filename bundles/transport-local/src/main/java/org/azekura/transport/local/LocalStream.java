package org.azekura.transport.local;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.transport.Stream;

/** One end of a pair of queues. */
final class LocalStream implements Stream {

    private final FrameQueue out;
    private final FrameQueue in;
    private volatile boolean closed;

    LocalStream(FrameQueue out, FrameQueue in) {
        this.out = out;
        this.in = in;
    }

    @Override
    public void send(ByteBuffer frame, Duration timeout) throws BackupException {
        if (frame.remaining() > MAX_FRAME) {
            throw new IllegalArgumentException("a frame has at most " + MAX_FRAME + " bytes, not " + frame.remaining());
        }
        check();
        out.send(frame, timeout);
    }

    @Override
    public ByteBuffer receive(Duration timeout) throws BackupException {
        check();
        return in.receive(timeout);
    }

    @Override
    public void endSending() throws BackupException {
        check();
        out.end();
    }

    @Override
    public void close() {
        closed = true;
        out.breakOffUnlessEnded();
        in.breakOff();
    }

    private void check() throws BackupException {
        if (closed) {
            throw BackupException.network("transport.closed", "", "this stream was closed by its owner", null);
        }
    }
}
