package org.azekura.rest.https;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What is left of a body when its call has been answered is read on and dropped, a part of it and for a time, before the connection is closed (RFC 9112,
 * 9.6). When one is closed with something unread, TCP tells the other side that it was reset, and a caller that is still sending sees that in place of
 * the answer. Jetty itself ends its own side after the answer, and then drops 8 KiB.
 *
 * <p>No thread waits for it. Safe for any number of threads.
 */
public final class Remainder implements HttpConfiguration.Customizer {

    /** As much as is taken of JSON that is too large. */
    private static final long DROPPED = 16 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PIECE = 16 << 10;

    private final long dropped;
    private final Duration patience;

    public Remainder() {
        this(DROPPED, PATIENCE);
    }

    /**
     * @param dropped  bytes; what is more is not read, and who looks for an answer while he sends has the time to see it
     * @param patience from the answer until the connection is closed, whatever comes
     */
    Remainder(long dropped, Duration patience) {
        this.dropped = dropped;
        this.patience = patience;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable response) {
        if (request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            EndPoint caller = request.getConnectionMetaData().getConnection().getEndPoint();
            Scheduler clock = request.getComponents().getScheduler();
            request.addHttpStreamWrapper(stream -> new Answered(stream, caller, clock));
        }
        return request;
    }

    /** A call whose connection is over only when what is left was read. */
    private final class Answered extends HttpStream.Wrapper {

        private final EndPoint caller;
        private final Scheduler clock;

        Answered(HttpStream stream, EndPoint caller, Scheduler clock) {
            super(stream);
            this.caller = caller;
            this.clock = clock;
        }

        @Override
        public void succeeded() {
            // Jetty has looked for the end already, and leaves this if it was not there
            if (Content.Chunk.isFailure(read())) {
                new Dropping(this, caller).begin(clock);
            } else {
                super.succeeded();
            }
        }

        void over() {
            super.succeeded();
        }
    }

    private final class Dropping implements Callback {

        private final Answered answered;
        private final EndPoint caller;
        private final AtomicBoolean over = new AtomicBoolean();
        private final ByteBuffer piece = BufferUtil.allocate(PIECE);
        private Scheduler.Task deadline;
        private long left = dropped;

        Dropping(Answered answered, EndPoint caller) {
            this.answered = answered;
            this.caller = caller;
        }

        void begin(Scheduler clock) {
            // where Jetty had said before that the connection goes on, it did not
            caller.shutdownOutput();
            deadline = clock.schedule(this::close, patience.toMillis(), TimeUnit.MILLISECONDS);
            succeeded();
        }

        /** Something has come. */
        @Override
        public void succeeded() {
            try {
                while (left > 0) {
                    BufferUtil.clear(piece);
                    int read = caller.fill(piece);
                    if (read < 0) {
                        end();
                        return;
                    }
                    if (read == 0) {
                        caller.fillInterested(this);
                        return;
                    }
                    left -= read;
                }
            } catch (IOException e) {
                failed(e);
            }
        }

        @Override
        public void failed(Throwable gone) {
            end();
        }

        private void end() {
            deadline.cancel();
            close();
        }

        private void close() {
            if (over.compareAndSet(false, true)) {
                caller.close();
                answered.over();
            }
        }
    }
}
