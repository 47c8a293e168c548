package org.azekura.server.job.run;

import org.azekura.api.BackupException;
import org.azekura.api.Failure;
import org.azekura.server.media.MediaDesk;
import org.azekura.server.trees.PageAllowances;

/** What becomes of a job whose run failed. */
public enum Verdict {
    /** It has failed. */
    ENDS,
    /** It goes on as soon as what was missing is there. */
    WAITS,
    /** It goes on at once, another way; so many times only. */
    TURNS,
    /** The same, but so many times only: what broke may break again. */
    TRIES_AGAIN;

    /** Of a job that can go on. */
    public static Verdict of(BackupException why) {
        return switch (why.failure().code()) {
            // a driver that fails or goes takes its devices along; another may serve them later
            case Obstacle.FULL, MediaDesk.NONE, Obstacle.MISSING, Obstacle.WRONG, Obstacle.ARCHIVED, PageAllowances.FULL, Obstacle.CLIENT_LEFT, Obstacle.STOPPING, Obstacle.BATTERY, Obstacle.BUDGET, "device.unserved",
                    "device.closed", "device.paused", "driver.threw", "device.away", "drive.away", "changer.away", "client.offline", "node.offline", "pool.offline",
                    "trees.away", "trees.behind" -> WAITS;
            case Obstacle.PLACE_GONE, Obstacle.SERVER_GONE -> TURNS;
            // its server was restarted just now; what the job had made durable is there still
            case "catalog.io", "catalog.busy" -> TRIES_AGAIN;
            // what was brought from an archive has gone again: it is asked for anew
            case "blob.archived" -> TRIES_AGAIN;
            // what it relied on was destroyed meanwhile; the next attempt asks anew what is there
            case Obstacle.INCOMPLETE -> TRIES_AGAIN;
            default -> why.failure().kind() == Failure.Kind.NETWORK ? TRIES_AGAIN : ENDS;
        };
    }
}
