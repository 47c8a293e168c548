package org.azekura.wire;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.api.message.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was asked and not yet answered. Every ask ends: by its answer, its time-out, or the end of the conversation. */
final class OpenAsks {

    private static final Logger LOG = LoggerFactory.getLogger(OpenAsks.class);

    private final String peer;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> open = new ConcurrentHashMap<>();

    OpenAsks(String peer) {
        this.peer = peer;
    }

    /** A new number and a promise that is kept within the time-out. */
    Ask begin(String what, Duration timeout) {
        long number = numbers.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        open.put(number, answer);
        answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Answer> promise = answer.handle((value, error) -> {
            open.remove(number);
            if (error instanceof TimeoutException) {
                throw new CompletionException(BackupException.network("transport.timeout", peer, "no answer to " + what + " from " + peer
                        + " within " + timeout, null));
            } else if (error != null) {
                throw new CompletionException(error);
            }
            return value;
        });
        return new Ask(number, answer, promise);
    }

    /** @param promise what the asker gets */
    record Ask(long number, CompletableFuture<Answer> answer, CompletableFuture<Answer> promise) {
        void fail(BackupException problem) {
            answer.completeExceptionally(problem);
        }
    }

    /** Takes an answer or a failure. */
    void answered(Envelope envelope) {
        CompletableFuture<Answer> answer = open.get(envelope.number());
        if (answer == null) {
            LOG.debug("answer {} from {} comes too late", envelope.number(), peer);
        } else if (envelope.body() instanceof Answer value) {
            answer.complete(value);
        } else if (envelope.body() instanceof Failure failure) {
            answer.completeExceptionally(new BackupException(failure));
        } else {
            answer.completeExceptionally(new BackupException(envelope.wrong() != null ? envelope.wrong()
                    : new Failure("message.corrupt", Failure.Kind.CORRUPT, false, peer, "no answer: " + envelope.body())));
        }
    }

    void failAll(BackupException problem) {
        open.values().forEach(answer -> answer.completeExceptionally(problem));
    }
}
