package org.azekura.server.library;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.message.Answer;
import org.azekura.api.message.LibraryOrder;
import org.azekura.server.host.ConnectedNode;
import org.azekura.server.job.errand.LibraryWork;

/** Gives a node orders for a job, which waits while drives are in use. */
record Asking(LibraryWork.Story story) {

    /** Longer than a node takes for a move behind whatever has the drive. */
    static final Duration MOVED = Duration.ofMinutes(16);
    static final Duration INITIALISED = Duration.ofMinutes(61);
    /** New media are calibrated for up to two hours. */
    static final Duration LOOKED = Duration.ofMinutes(151);

    /** A node waits four minutes for a drive before it says so; then the job asks again. */
    private static final int TRIES = 15;

    <A extends Answer> A ask(ConnectedNode node, LibraryOrder order, Class<A> answer, Duration timeout) throws BackupException {
        for (int i = 1;; i++) {
            story.check();
            try {
                return node.ask(order, answer, timeout);
            } catch (BackupException e) {
                if (i == TRIES || !e.failure().code().equals("device.busy")) {
                    throw e;
                }
                story.phase("waiting: " + e.getMessage(), 0);
            }
        }
    }
}
