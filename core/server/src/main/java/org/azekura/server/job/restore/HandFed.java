package org.azekura.server.job.restore;

import java.time.Duration;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.server.job.place.Cartridges;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;

/**
 * Cartridges that a hand puts into a drive, one after the other, while a restore goes on: a file may lie on several of them, and could never be had if
 * each began the restore anew. One thread.
 *
 * @param halt ends the wait
 */
record HandFed(Cartridges cartridges, JobRecord record, Halt halt) {

    /** The client waits a little longer for what is next. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long FIRST_LOOK_ms = 1_000;
    private static final long LAST_LOOK_ms = 4_000;

    /** As {@link Cartridges#order}; waits for the cartridge if only a hand can bring it. The job is paused meanwhile, and says what it waits for. */
    List<Long> order(int number, int instead, List<Long> objects) throws BackupException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long look_ms = FIRST_LOOK_ms;
        boolean paused = false;
        try {
            while (true) {
                try {
                    return cartridges.order(record.id(), number, instead, objects);
                } catch (BackupException e) {
                    boolean comes = e.failure().code().equals(Obstacle.MISSING) && cartridges.isBroughtByHand(number) && System.nanoTime() < end;
                    if (!comes || halt.isSaid()) {
                        throw e;
                    }
                    record.paused(e.getMessage());
                    paused = true;
                }
                halt.await(look_ms);
                look_ms = Math.min(2 * look_ms, LAST_LOOK_ms);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Obstacle.stopping();
        } finally {
            if (paused) {
                record.goesOn();
            }
        }
    }
}
