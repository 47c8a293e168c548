package org.azekura.wire;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.Answer;
import org.azekura.api.message.Message;
import org.azekura.api.transport.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Both sides of a control stream: tells and asks, and takes what the other side tells and asks. Safe for any number of threads.
 * It owns the connection: when either ends, so does the other.
 */
public final class Conversation implements AutoCloseable {

    /** Takes incoming messages. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Called on virtual threads: at once and side by side for what is asked, one after the other and in order for what is told.
         *
         * @return the answer; ignored (may be null) if the message was told
         * @throws BackupException goes to who asked; logged if the message was told
         */
        Answer receive(Message message) throws BackupException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final Duration POLL = Duration.ofMinutes(1);
    private static final Duration ANSWER_ROOM = Duration.ofSeconds(60);

    private final Connection connection;
    private final Incoming incoming;
    private final ReentrantLock sending = new ReentrantLock();
    private final OpenAsks asks;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Nothing is received before {@link #start}. */
    public Conversation(Connection connection, Listener listener) {
        this.connection = connection;
        this.asks = new OpenAsks(peer());
        this.incoming = new Incoming(connection.peer(), listener, this::reply, this::close);
    }

    /** Begins to receive. */
    public Conversation start() {
        Thread.ofVirtual().name("conversation with " + connection.peer()).start(this::receive);
        return this;
    }

    /** For data streams, and the name of the other side. */
    public Connection connection() {
        return connection;
    }

    /** Completes when the conversation is over, whatever ended it. What depends on it must not block. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /**
     * Says something that is not answered.
     *
     * @throws BackupException {@code transport.*}: whether it arrived is then unknown
     */
    public void tell(Message message) throws BackupException {
        send(Envelope.encode(Envelope.Kind.TELL, 0, message), ANSWER_ROOM);
    }

    /**
     * Asks and waits.
     *
     * @throws BackupException what the other side answered, or {@code transport.closed}, {@code transport.timeout}: whether it
     *                         was done is then unknown; {@code message.unexpected} if the answer is of another type
     */
    public <A extends Answer> A ask(Message message, Class<A> type, Duration timeout) throws BackupException {
        return await(askAsync(message, type, timeout));
    }

    /** As {@link #askAsync(Message, Duration)}, for an answer of one type; another one is a failure, {@code message.unexpected}. */
    public <A extends Answer> CompletableFuture<A> askAsync(Message message, Class<A> type, Duration timeout) {
        return askAsync(message, timeout).thenCompose(answer -> type.isInstance(answer)
                ? CompletableFuture.completedFuture(type.cast(answer)) : CompletableFuture.failedFuture(unexpected(message, type, answer)));
    }

    private BackupException unexpected(Message message, Class<?> type, Answer answer) {
        return new BackupException(new Failure("message.unexpected", Failure.Kind.BUG, false, connection.peer(), "the answer to "
                + name(message) + " should be " + type.getSimpleName() + ", not " + name(answer)));
    }

    /**
     * Asks without waiting for the answer; may wait for room to send. Always completes: with the answer or, at the latest after the
     * time-out, with a {@link BackupException} as in {@link #ask}. What depends on it must not block: it runs on the receiving thread.
     *
     * @throws IllegalArgumentException if the message is larger than a frame
     */
    public CompletableFuture<Answer> askAsync(Message message, Duration timeout) {
        OpenAsks.Ask ask = asks.begin(name(message), timeout);
        try {
            send(Envelope.encode(Envelope.Kind.ASK, ask.number(), message), timeout);
        } catch (BackupException e) {
            ask.fail(e);
        } catch (IllegalArgumentException e) {
            ask.fail(BackupException.bug(name(message), e));
            throw e;
        }
        if (ended.isDone()) {
            ask.fail(closed());
        }
        return ask.promise();
    }

    /** Waits for what {@link #askAsync} returned and throws its failure as it is. It ends by itself, so there is no time-out here. */
    public static <A extends Answer> A await(CompletableFuture<A> answer) throws BackupException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackupException failure) {
                throw new BackupException(failure.failure(), failure);
            }
            throw BackupException.bug("conversation", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", "", "interrupted while waiting for an answer", e);
        }
    }

    /** Ends the connection; all open asks fail with {@code transport.closed}. Closing twice is no error. */
    @Override
    public void close() {
        connection.close();
        incoming.close();
        if (ended.complete(null)) {
            asks.failAll(closed());
        }
    }

    private void receive() {
        try {
            while (!ended.isDone()) {
                ByteBuffer frame = next();
                if (frame == null) {
                    return;
                }
                take(Envelope.decode(frame), frame.remaining());
            }
        } catch (BackupException e) {
            if (!ended.isDone() && !e.failure().code().equals("transport.closed")) {
                LOG.warn("conversation with {} ends: {}", peer(), e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("conversation with {} ends", peer(), e);
        } finally {
            close();
        }
    }

    private ByteBuffer next() throws BackupException {
        while (true) {
            try {
                return connection.control().receive(POLL);
            } catch (BackupException e) {
                if (!e.failure().code().equals("transport.timeout")) {
                    throw e;
                }
            }
        }
    }

    private void take(Envelope envelope, int bytes) throws BackupException {
        switch (envelope.kind()) {
            case ASK -> {
                if (envelope.body() == null) {
                    reply(envelope.number(), Envelope.Kind.FAILURE, envelope.wrong());
                } else {
                    incoming.asked(envelope.number(), (Message) envelope.body(), bytes);
                }
            }
            case TELL -> {
                if (envelope.body() == null) {
                    LOG.warn("told by {}: {}", peer(), envelope.wrong().message());
                } else {
                    incoming.told((Message) envelope.body(), bytes);
                }
            }
            case ANSWER, FAILURE -> asks.answered(envelope);
        }
    }

    private void reply(long number, Envelope.Kind kind, Object body) {
        try {
            send(Envelope.encode(kind, number, body), ANSWER_ROOM);
        } catch (BackupException e) {
            if (!ended.isDone()) {
                LOG.warn("cannot answer {}: {}", peer(), e.getMessage());
                close();
            }
        }
    }

    private void send(ByteBuffer frame, Duration timeout) throws BackupException {
        long begin = System.nanoTime();
        try {
            if (!sending.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw BackupException.network("transport.timeout", connection.peer(), "no turn to send to " + peer() + " within " + timeout, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BackupException.network("transport.interrupted", connection.peer(), "interrupted while sending to " + peer(), e);
        }
        try {
            Duration left = timeout.minusNanos(System.nanoTime() - begin);
            connection.control().send(frame, left.isNegative() ? Duration.ZERO : left);
        } finally {
            sending.unlock();
        }
    }

    private BackupException closed() {
        return BackupException.network("transport.closed", connection.peer(), "the connection with " + peer() + " is closed", null);
    }

    private String peer() {
        return connection.peer().isEmpty() ? "the other side" : connection.peer();
    }

    private static String name(Message message) {
        return RecordFamily.nameOf(message.getClass());
    }
}
