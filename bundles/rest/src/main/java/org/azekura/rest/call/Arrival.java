package org.azekura.rest.call;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body on its way. No thread of the web server waits for it: else whoever sends a byte now and then, by some dozen connections and without being let
 * in, would keep everybody out. Who has not sent all of it in time is answered 408.
 */
public final class Arrival implements ReadListener {

    private static final Logger LOG = LoggerFactory.getLogger(Arrival.class);

    /** So much may be there with the head of the call, and is taken before anybody is asked. */
    private static final int AT_HAND = 8 << 10;
    /** For a sign of life of who was sent away as too slow. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    /**
     * @param most     bytes that are kept
     * @param dropped  bytes beyond these that are read all the same: a caller that is still sending does not see the answer
     * @param patience from the first byte to the last
     */
    public record Bounds(int most, int dropped, Duration patience) {

        /** A job order with ten thousand paths fits. */
        public static final Bounds KNOWN = new Bounds(1 << 20, 15 << 20, Duration.ofSeconds(60));
        /** A name, a password and a code. */
        public static final Bounds STRANGER = new Bounds(8 << 10, 1 << 20, Duration.ofSeconds(10));
        public static final Bounds REFUSED = new Bounds(0, 1 << 20, Duration.ofSeconds(10));
    }

    /** @param whole false: there was more than may be, and {@code bytes} is not all of it */
    public record Body(byte[] bytes, boolean whole) {

        public static final Body NONE = new Body(new byte[0], true);
    }

    /** Called once, with what has come, by a thread that may wait. */
    public interface Then {
        void answer(Body body) throws IOException;
    }

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final Then then;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Bounds bounds = new Bounds(AT_HAND, 0, Duration.ZERO);
    private ServletInputStream in;
    private long count;
    /** After the answer, or in its place. */
    private Runnable over = () -> {};
    private boolean ended;
    /** Something has come after the answer, or nothing will any more. */
    private final CompletableFuture<Void> more = new CompletableFuture<>();

    private Arrival(HttpServletRequest request, HttpServletResponse response, Then then) {
        this.request = request;
        this.response = response;
        this.then = then;
    }

    /** Of a call that only asks no body is looked at. */
    public static boolean bringsNothing(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    public static boolean isAnnounced(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    /** Whether the caller sends its body only when he is told to; the mere look at what has come tells him so, in Jetty. */
    static boolean hesitates(HttpServletRequest request) {
        return isAnnounced(request) && request.getHeader("Expect") != null;
    }

    /**
     * Has a call answered as soon as its body is there: at once if it came with the head, or if the caller asks whether to send it and need not.
     *
     * @param bounds asked only if it did not come with the head
     */
    public static void await(HttpServletRequest request, HttpServletResponse response, Supplier<Bounds> bounds, Then then) throws IOException {
        if (!isAnnounced(request)) {
            then.answer(Body.NONE);
            return;
        }
        Arrival arrival = new Arrival(request, response, then);
        if (!arrival.isAnswered(request.getContentLengthLong(), bounds)) {
            arrival.listen();
        }
    }

    /**
     * The same for a thread that waits, and is none of the web server's. The call is asynchronous already.
     *
     * @return null if not all of it has come in time: then that is answered
     */
    public static Body receive(HttpServletRequest request, HttpServletResponse response, Supplier<Bounds> bounds) throws IOException, InterruptedException {
        if (!isAnnounced(request)) {
            return Body.NONE;
        }
        CompletableFuture<Body> come = new CompletableFuture<>();
        Arrival arrival = new Arrival(request, response, come::complete);
        if (!arrival.isAnswered(request.getContentLengthLong(), bounds)) {
            arrival.over = () -> come.completeExceptionally(new EOFException("a body broke off"));
            arrival.open().setReadListener(arrival);
        }
        try {
            return arrival.wait(come);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private Body wait(CompletableFuture<Body> come) throws IOException, ExecutionException, InterruptedException {
        try {
            return come.get(bounds.patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (end()) {
                sendAway();
                return null;
            }
            return come.get();
        }
    }

    private boolean isAnswered(long length, Supplier<Bounds> wanted) throws IOException {
        boolean hesitates = hesitates(request);
        if (!hesitates && length >= 0 && length <= AT_HAND && isAtHand(length)) {
            then.answer(body());
            return true;
        }
        bounds = wanted.get();
        if (length > (long) bounds.most + bounds.dropped || hesitates && (bounds.most == 0 || length > bounds.most)) {
            response.setHeader("Connection", "close");
            then.answer(new Body(new byte[0], false));
            return true;
        }
        return false;
    }

    private boolean isAtHand(long length) throws IOException {
        byte[] piece = new byte[AT_HAND];
        open();
        while (count < length && in.available() > 0) {
            take(piece, in.read(piece));
        }
        // finds the end, without which the connection takes no other call
        return count == length && in.read() < 0;
    }

    private ServletInputStream open() throws IOException {
        if (in == null) {
            in = request.getInputStream();
        }
        return in;
    }

    private void listen() throws IOException {
        open();
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        Thread deadline = Thread.ofVirtual().name("body from " + request.getRemoteAddr()).unstarted(() -> {
            try {
                Thread.sleep(bounds.patience);
                cut();
            } catch (InterruptedException e) {
                // it has come
            }
        });
        over = () -> {
            async.complete();
            deadline.interrupt();
        };
        deadline.start();
        in.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[AT_HAND];
        while (!isEnded()) {
            if (!in.isReady() || in.isFinished()) {
                return;
            }
            take(piece, in.read(piece));
            if (count > (long) bounds.most + bounds.dropped && end()) {
                response.setHeader("Connection", "close");
                answer();
                return;
            }
        }
        more.complete(null);
    }

    private void take(byte[] piece, int length) {
        if (length > 0) {
            kept.write(piece, 0, (int) Math.min(length, Math.max(0, bounds.most - count)));
            count += length;
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        more.complete(null);
        if (end()) {
            answer();
        }
    }

    private void answer() throws IOException {
        try {
            then.answer(body());
        } finally {
            over.run();
        }
    }

    private Body body() {
        return new Body(kept.toByteArray(), count <= bounds.most);
    }

    private void cut() throws InterruptedException {
        if (end()) {
            try {
                sendAway();
            } catch (IOException e) {
                LOG.debug("who sent too slowly has gone: {}", e.toString());
            } finally {
                over.run();
            }
        }
    }

    /**
     * Jetty resets a connection that it still waits for, and he would not see the answer. It does not while what has come is not taken: then the call is
     * over like any other that was refused.
     */
    private void sendAway() throws IOException, InterruptedException {
        response.setHeader("Connection", "close");
        HttpAnswer.problem(response, Refusal.tooSlow(bounds.patience).problem());
        try {
            more.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // he is silent, and has nothing on the way that could be in its way
        }
    }

    @Override
    public void onError(Throwable broken) {
        more.complete(null);
        if (end()) {
            LOG.debug("a body broke off: {}", broken.toString());
            over.run();
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    /** Who is told true answers; nobody else does. */
    private synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
