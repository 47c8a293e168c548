package org.azekura.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several platform threads that do something at once. */
public final class Together {

    private Together() {}

    /** What each thread does; they are numbered from 0. */
    @FunctionalInterface
    public interface Turn<T> {
        T run(int number) throws Exception;
    }

    /** The results in the order of the numbers; throws what a turn threw, as the cause. A minute is enough for any test. */
    public static <T> List<T> run(int threads, Turn<T> turn) throws Exception {
        return run(threads, Duration.ofMinutes(1), turn);
    }

    /** The same for turns that take long. */
    public static <T> List<T> run(int threads, Duration within, Turn<T> turn) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().name("together-", 0).factory());
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                calls.add(() -> turn.run(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(calls, within.toSeconds(), TimeUnit.SECONDS)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
