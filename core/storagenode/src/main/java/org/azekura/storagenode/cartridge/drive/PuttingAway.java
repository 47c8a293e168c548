package org.azekura.storagenode.cartridge.drive;

import java.util.Optional;
import org.azekura.api.BackupException;
import org.azekura.storagenode.lease.DriveDesk;
import org.azekura.storagenode.lease.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings cartridges that nobody wants for a while back to their slots: there a robot, or a hand, can take them, and a drive's head does not rest on a tape. */
record PuttingAway(DriveDesk desk, Bays bays, Robot robot) implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(PuttingAway.class);

    @Override
    public void run() {
        try {
            for (Optional<Turn> turn = desk.awaitIdle(); turn.isPresent(); turn = desk.awaitIdle()) {
                putAway(turn.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void putAway(Turn turn) {
        int drive = turn.drive();
        try {
            bays.putAway(bays.locked(turn));
            LOG.debug("{}: what nobody wanted in drive {} went back to its slot", robot.where(), drive);
        } catch (BackupException | RuntimeException e) {
            LOG.warn("{}: what nobody wants in drive {} stays there: {}", robot.where(), drive, e.getMessage());
        }
    }
}
