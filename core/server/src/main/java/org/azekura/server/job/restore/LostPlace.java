package org.azekura.server.job.restore;

import org.azekura.api.BackupException;
import org.azekura.api.catalog.JobLine;
import org.azekura.server.job.place.SnapshotPlaces;
import org.azekura.server.job.run.Halt;
import org.azekura.server.job.run.JobRecord;
import org.azekura.server.job.run.Obstacle;

/** What becomes of a restore that broke: where the place that it was read from does not answer any more and another does, it goes on there. */
record LostPlace(SnapshotPlaces places, JobRecord record, Halt halt) {

    /**
     * Why it broke, in the end: {@link Obstacle#PLACE_GONE} if it goes on elsewhere; what would do in each place if none answers; else what was seen. Asks the places, for
     * a client that lost a node can't tell which of the two is away.
     */
    BackupException reason(SnapshotPlaces.Served place, BackupException seen) {
        if (halt.isSaid() || !mayBeOfPlace(seen)) {
            return seen;
        }
        try {
            SnapshotPlaces.Served next = null;
            for (SnapshotPlaces.Served one : places.served()) {
                if (one.pool().name().equals(place.pool().name())) {
                    return seen;
                }
                next = next == null ? one : next;
            }
            record.line(JobLine.Level.WARN, places.shown(place.pool()) + " can't be read any more: " + seen.getMessage() + "; goes on from " + places.shown(next.pool()));
            return BackupException.network(Obstacle.PLACE_GONE, place.pool().name().value(), seen.getMessage(), seen);
        } catch (BackupException none) {
            return none;
        }
    }

    /** What is the client's own, or a person's, is not; a device that is paused is waited for, as a driver is swapped. */
    private static boolean mayBeOfPlace(BackupException seen) {
        String code = seen.failure().code();
        return switch (seen.failure().kind()) {
            case NETWORK, DEVICE, MEDIA -> !code.startsWith("client.") && !code.startsWith("target.") && !code.equals("device.paused") && !code.equals(Obstacle.FULL);
            case OPERATOR, CORRUPT, BUG -> false;
        };
    }
}
