package org.azekura.server.trees;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.azekura.api.BackupException;

/**
 * Has a driver be asked on a thread that ends with its answer. Libraries of drivers leave things in the thread that calls them ({@link ThreadLocal}), and a
 * thread that lives as long as the store would keep all classes of a driver that was exchanged.
 */
final class Aside {

    private Aside() {}

    /** What is asked. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws BackupException, IOException;
    }

    /** Waits for the answer. An interrupt is passed on, and waits for it, too. */
    static <T> T call(Question<T> question) throws BackupException, IOException {
        FutureTask<T> task = new FutureTask<>(question::ask);
        Thread thread = Thread.ofPlatform().daemon().name("azekura-trees-device").start(task);
        boolean interrupted = false;
        try {
            for (;;) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case BackupException known -> throw known;
                case IOException io -> throw io;
                case RuntimeException bug -> throw bug;
                default -> throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
