package org.azekura.server.trees;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How threads of a store end, so that the next store of the folder has it for itself. */
final class LastWork {

    private static final Logger log = LoggerFactory.getLogger(LastWork.class);

    private LastWork() {}

    /** Waits for what is under way; then interrupts it and waits so long once more, no longer. */
    static void end(ExecutorService thread, Duration patience) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
                if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    log.warn("the shared store of tree pages does not answer; what was asked of it is given up");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.shutdownNow();
        }
    }
}
