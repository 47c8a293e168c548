package org.azekura.server.media;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;

/**
 * What is known of reserves, without waiting for a library that does not answer: one that is switched off holds whoever asks it for up to a minute, and would hold all
 * who only want to know how the appliance does. Each pool's library is asked by one at a time. Thread-safe.
 */
public final class KnownReserves {

    private static final Duration USUAL = Duration.ofSeconds(2);

    private final Duration patience;
    private final Map<PoolName, CompletableFuture<Optional<Reserve>>> asked = new ConcurrentHashMap<>();
    private final Map<PoolName, Optional<Reserve>> known = new ConcurrentHashMap<>();

    public KnownReserves() {
        this(USUAL);
    }

    KnownReserves(Duration patience) {
        this.patience = patience;
    }

    /** Asks for a reserve; may take as long as a library does. */
    public interface Question {
        Optional<Reserve> answer() throws BackupException;
    }

    /**
     * The answer, or what it was before if it takes longer than two seconds; empty if there was none yet.
     *
     * @throws BackupException of the question
     */
    public Optional<Reserve> of(PoolName pool, Question question) throws BackupException {
        CompletableFuture<Optional<Reserve>> answer = asked.computeIfAbsent(pool, name -> begin(name, question));
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return known.getOrDefault(pool, Optional.empty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackupException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known.getOrDefault(pool, Optional.empty());
        }
    }

    private CompletableFuture<Optional<Reserve>> begin(PoolName pool, Question question) {
        CompletableFuture<Optional<Reserve>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("reserve of pool " + pool).start(() -> {
            try {
                Optional<Reserve> found = question.answer();
                known.put(pool, found);
                asked.remove(pool);
                answer.complete(found);
            } catch (BackupException | RuntimeException e) {
                asked.remove(pool);
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
