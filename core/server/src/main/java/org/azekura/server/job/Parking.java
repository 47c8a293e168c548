package org.azekura.server.job;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a job waits whose volume has no room. The packs it finished stay, so it begins again without sending them twice once
 * there is more room than there was.
 */
final class Parking {

    private static final Logger log = LoggerFactory.getLogger(Parking.class);
    private static final long LOOK_ms = 3_000;
    /** Less than this is no reason to begin again: a pack would not fit. */
    private static final long ENOUGH = 32 << 20;

    private final Stage stage;

    Parking(Stage stage) {
        this.stage = stage;
    }

    /** Whether a job that failed so can be done later without anybody ordering it again. */
    static boolean parks(BackupException why) {
        return why.failure().code().equals("device.full");
    }

    /** Returns when there is room. A node that is away is waited for, too. */
    void awaitRoom(PoolName pool) throws InterruptedException {
        long least = room(pool) + ENOUGH;
        while (room(pool) < least) {
            Thread.sleep(LOOK_ms);
        }
    }

    private long room(PoolName name) {
        try {
            Pool pool = stage.pools().get(name);
            long free = stage.hosts().node(pool.node()).ask(new NodeOrder.MeasureRoom(name), Answer.Room.class, Orders.PROMPT).free();
            return free < 0 ? Long.MAX_VALUE / 2 : free;
        } catch (BackupException e) {
            log.info("pool={} can't be measured: {}", name, e.getMessage());
            return 0;
        }
    }
}
