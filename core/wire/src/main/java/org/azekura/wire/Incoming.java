package org.azekura.wire;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.Answer;
import org.azekura.api.message.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the other side asked and told, on its way to the listener. The receiving thread never waits here, since the answers the
 * listener itself waits for come by that thread. So what exceeds the bounds is refused (asked) or ends the conversation (told).
 */
final class Incoming {

    /** Messages, and their encoded bytes, that may be with the listener at once. */
    static final int MAX_OPEN = 1024;
    static final int MAX_BYTES = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

    /** Sends an answer or a failure; never throws. */
    @FunctionalInterface
    interface Reply {
        void send(long number, Envelope.Kind kind, Object body);
    }

    private record Told(Message message, int bytes) {}

    private final String peer;
    private final Conversation.Listener listener;
    private final Reply reply;
    private final Runnable giveUp;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger bytes = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Told> told = new ArrayDeque<>();
    private boolean draining;
    private volatile boolean closed;

    Incoming(String peer, Conversation.Listener listener, Reply reply, Runnable giveUp) {
        this.peer = peer;
        this.listener = listener;
        this.reply = reply;
        this.giveUp = giveUp;
    }

    void asked(long number, Message message, int size) {
        if (!enter(size)) {
            reply.send(number, Envelope.Kind.FAILURE, new Failure("message.busy", Failure.Kind.NETWORK, true, peer,
                    MAX_OPEN + " messages or " + MAX_BYTES + " bytes are being worked on; ask again later"));
            return;
        }
        Thread.ofVirtual().name(RecordFamily.nameOf(message.getClass()) + " from " + peer).start(() -> {
            try {
                answer(number, message);
            } finally {
                leave(size);
            }
        });
    }

    private void answer(long number, Message message) {
        try {
            Answer answer = listener.receive(message);
            if (answer == null) {
                throw new IllegalStateException("no answer to " + RecordFamily.nameOf(message.getClass()));
            }
            reply.send(number, Envelope.Kind.ANSWER, answer);
        } catch (BackupException e) {
            reply.send(number, Envelope.Kind.FAILURE, e.failure());
        } catch (RuntimeException e) {
            LOG.error("{} from {}", RecordFamily.nameOf(message.getClass()), peer, e);
            reply.send(number, Envelope.Kind.FAILURE, BackupException.bug(RecordFamily.nameOf(message.getClass()), e).failure());
        }
    }

    void told(Message message, int size) {
        if (!enter(size)) {
            LOG.warn("{} tells faster than it is listened to: {} messages wait; the conversation ends", peer, MAX_OPEN);
            giveUp.run();
            return;
        }
        lock.lock();
        try {
            told.add(new Told(message, size));
            if (!draining) {
                draining = true;
                Thread.ofVirtual().name("told by " + peer).start(this::drain);
            }
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        for (Told next = poll(); next != null; next = poll()) {
            try {
                listener.receive(next.message);
            } catch (BackupException e) {
                LOG.warn("{} told by {}: {}", RecordFamily.nameOf(next.message.getClass()), peer, e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("{} told by {}", RecordFamily.nameOf(next.message.getClass()), peer, e);
            } finally {
                leave(next.bytes);
            }
        }
    }

    private Told poll() {
        lock.lock();
        try {
            Told next = closed ? null : told.poll();
            draining = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private boolean enter(int size) {
        if (open.incrementAndGet() > MAX_OPEN | bytes.addAndGet(size) > MAX_BYTES) {
            leave(size);
            return false;
        }
        return true;
    }

    private void leave(int size) {
        open.decrementAndGet();
        bytes.addAndGet(-size);
    }

    /** Drops what was told and not yet taken. */
    void close() {
        closed = true;
    }
}
