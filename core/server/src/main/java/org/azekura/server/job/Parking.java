package org.azekura.server.job;

import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one job waits whose volume has no room. The packs it finished stay, so it begins again without sending them twice
 * once there is more room than there was. A job that is parked again at once waits longer each time.
 */
final class Parking {

    private static final Logger log = LoggerFactory.getLogger(Parking.class);
    private static final long FIRST_LOOK_ms = 2_000;
    private static final long LAST_LOOK_ms = 60_000;
    /** What comes and goes on a file system anyway is no reason to begin again. */
    private static final long ENOUGH = 1 << 20;

    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final Stage stage;
    private long look_ms = FIRST_LOOK_ms;

    Parking(Stage stage) {
        this.stage = stage;
    }

    /** Whether a job that failed so can be done later without anybody ordering it again. */
    static boolean parks(BackupException why) {
        return why.failure().code().equals("device.full");
    }

    /** Returns when there is more room than now. A node that is away is waited for, too. */
    void awaitRoom(PoolName pool) throws InterruptedException {
        long full = room(pool);
        long now;
        do {
            Thread.sleep(look_ms);
            now = room(pool);
        } while (now < full + ENOUGH && now != UNBOUNDED);
        look_ms = Math.min(2 * look_ms, LAST_LOOK_ms);
    }

    private long room(PoolName name) {
        try {
            Pool pool = stage.pools().get(name);
            long free = stage.hosts().node(pool.node()).ask(new NodeOrder.MeasureRoom(name), Answer.Room.class, Orders.PROMPT).free();
            return free < 0 ? UNBOUNDED : free;
        } catch (BackupException e) {
            log.info("pool={} can't be measured: {}", name, e.getMessage());
            return 0;
        }
    }
}
