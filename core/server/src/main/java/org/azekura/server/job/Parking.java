package org.azekura.server.job;

import java.time.Duration;
import org.azekura.api.BackupException;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.Pool;
import org.azekura.api.message.Answer;
import org.azekura.api.message.NodeOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one job waits for what it needs and that is not there: room on its volume, or its client. The packs it finished stay,
 * so it begins again without sending them twice. A job that is parked again at once waits longer each time.
 */
final class Parking {

    static final String CLIENT_LEFT = "client.left";
    static final String STOPPING = "server.stopping";
    private static final String FULL = "device.full";
    private static final Logger log = LoggerFactory.getLogger(Parking.class);
    private static final long FIRST_LOOK_ms = 2_000;
    private static final long LAST_LOOK_ms = 60_000;
    /** A client that does not come back within a day has its job ordered anew by whoever brings it back. */
    private static final Duration CLIENT_AWAY = Duration.ofDays(1);
    /** What comes and goes on a file system anyway is no reason to begin again. */
    private static final long ENOUGH = 1 << 20;
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final Stage stage;
    private long look_ms = FIRST_LOOK_ms;

    Parking(Stage stage) {
        this.stage = stage;
    }

    /** Whether a job that failed so can be done later without anybody ordering it again. A stream comes only once. */
    static boolean parks(JobFactory.Checked checked, BackupException why) {
        String code = why.failure().code();
        return checked instanceof JobFactory.Checked.Backup backup && backup.order().stream() == null
                && (code.equals(FULL) || code.equals(CLIENT_LEFT) || code.equals(STOPPING));
    }

    /**
     * Returns when what was missing is there.
     *
     * @throws BackupException {@code why}, if its client does not come back
     */
    void await(JobFactory.Checked checked, BackupException why) throws InterruptedException, BackupException {
        if (why.failure().code().equals(FULL)) {
            awaitRoom(checked.pool());
        } else if (!stage.hosts().awaitClient(checked.client(), CLIENT_AWAY)) {
            throw why;
        }
    }

    /** Returns when there is more room than now. A node that is away is waited for, too. */
    private void awaitRoom(PoolName pool) throws InterruptedException {
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
