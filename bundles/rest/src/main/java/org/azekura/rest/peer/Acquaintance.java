package org.azekura.rest.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.azekura.api.BackupException;

/**
 * The client that speaks with one place. It is made by one attempt for all who want it, and no lock is held meanwhile; an attempt that failed counts for
 * some seconds. So whoever closes this waits for nobody, however many ask for a place that does not answer: behind a take-over nothing may queue.
 * Safe for any number of threads.
 */
final class Acquaintance implements AutoCloseable {

    static final Duration NOT_AGAIN = Duration.ofSeconds(3);

    private final Reach reach;
    private final LongSupplier nanos;
    /** They end what they have begun; cut off with the rest. */
    private final List<HttpClient> old = new ArrayList<>();
    private Attempt last;
    private boolean closed;

    Acquaintance(Reach reach, LongSupplier nanos) {
        this.reach = reach;
        this.nanos = nanos;
    }

    /** Nothing was asked yet. */
    static final class Unreached extends IOException {

        private static final long serialVersionUID = 1;

        Unreached(Throwable why) {
            super(why.getMessage() == null ? "can't be reached" : why.getMessage(), why);
        }
    }

    /** @throws Unreached if there is none: also without trying, if one has just failed */
    HttpClient client(URI place) throws Unreached, InterruptedException {
        return attempt(place).result();
    }

    private synchronized Attempt attempt(URI place) throws Unreached {
        if (closed) {
            throw new Unreached(new IOException("this server changes its part just now"));
        }
        if (last == null || !last.place.equals(place) || last.isStale()) {
            letGo();
            last = new Attempt(place);
        }
        return last;
    }

    /** Makes another at the next call, if this one is still in use: another thread may have found out before that it is of no use. */
    synchronized void forget(HttpClient useless) {
        if (last != null && last.made() == useless) {
            letGo();
        }
    }

    private void letGo() {
        if (last == null) {
            return;
        }
        // who holds the last one may be about to ask: it takes calls until the next one goes
        old.forEach(HttpClient::shutdown);
        old.removeIf(HttpClient::isTerminated);
        last.end().ifPresent(old::add);
        last = null;
    }

    /** Cuts off what is answered just now, and who waits for an attempt. */
    @Override
    public synchronized void close() {
        closed = true;
        if (last != null) {
            last.end().ifPresent(old::add);
            last = null;
        }
        old.forEach(HttpClient::shutdownNow);
        old.clear();
    }

    private final class Attempt {

        private final URI place;
        private final CompletableFuture<HttpClient> client = new CompletableFuture<>();
        private final Thread thread;
        private volatile long ended;

        Attempt(URI place) {
            this.place = place;
            thread = Thread.ofVirtual().name("gets to know " + place).start(this::run);
        }

        private void run() {
            try {
                HttpClient made = reach.client(place);
                if (!client.complete(made)) {
                    made.shutdownNow();
                }
            } catch (IOException | BackupException | InterruptedException | RuntimeException e) {
                ended = nanos.getAsLong();
                client.completeExceptionally(e);
            }
        }

        boolean isStale() {
            return client.isCompletedExceptionally() && nanos.getAsLong() - ended >= NOT_AGAIN.toNanos();
        }

        HttpClient result() throws Unreached, InterruptedException {
            try {
                return client.get();
            } catch (ExecutionException e) {
                throw new Unreached(e.getCause());
            }
        }

        HttpClient made() {
            return client.isDone() && !client.isCompletedExceptionally() ? client.join() : null;
        }

        /** @return what was made */
        Optional<HttpClient> end() {
            if (client.completeExceptionally(new IOException("given up"))) {
                thread.interrupt();
            }
            return Optional.ofNullable(made());
        }
    }
}
