package org.azekura.rest.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.rest.call.Refusal;
import org.azekura.rest.call.Route;

/** Of calls that are judged by what is laid down one of a kind is judged and done at a time, first come, first served. Kinds are what paths begin with. */
final class Turns {

    /** No such call takes longer; a host that hangs must not hold up every caller. */
    private static final long PATIENCE_S = 30;

    private final Map<String, ReentrantLock> kinds = new ConcurrentHashMap<>();

    /** What is judged and done. */
    interface Work<T> {
        T run() throws BackupException, Refusal;
    }

    /** @throws BackupException {@code act.busy}: nothing was done */
    <T> T in(Route route, Work<T> work) throws BackupException, Refusal {
        if (route.danger() == null || !route.danger().looks()) {
            return work.run();
        }
        ReentrantLock turn = kinds.computeIfAbsent(route.pattern().split("/\\{")[0], kind -> new ReentrantLock(true));
        await(turn, route.pattern());
        try {
            return work.run();
        } finally {
            turn.unlock();
        }
    }

    private static void await(ReentrantLock turn, String pattern) throws BackupException {
        try {
            if (turn.tryLock(PATIENCE_S, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new BackupException(new Failure("act.busy", Failure.Kind.OPERATOR, true, pattern, "another change of this kind is under way; try again in a while"));
    }
}
