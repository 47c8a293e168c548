package org.azekura.api.catalog;

import java.time.Instant;
import java.util.Locale;
import org.azekura.api.ClientName;
import org.azekura.api.JobId;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;

/**
 * One run. Every state is in the catalog before anybody acts on it.
 *
 * @param client null where no client is concerned
 * @param pool   null until one is chosen
 * @param ended  null while it runs
 * @param error  one line, null without one
 * @param holds  the snapshot it relies on: what that refers to stays on the volume until the job ends, also if the snapshot is deleted
 *               meanwhile; null if none
 * @param attempts how often it was begun since it was ordered or somebody ordered it to go on; runs that only ended in waiting
 *               for a client, a node or room do not count
 * @param detour why a backup goes to another pool than it was meant for; null if it does not
 * @param policy in whose run it was ordered; null if in none
 * @param order  what was ordered, encoded; enough to run the job again; null in lists
 * @param result what came out, encoded; null before the end and in lists
 */
public record Job(JobId id, Kind kind, State state, ClientName client, PoolName pool, Instant started, Instant ended, long files,
        long bytes, String error, SnapshotId holds, int attempts, String detour, PolicyName policy, byte[] order, byte[] result) {

    /** One without a detour, of no policy. */
    public Job(JobId id, Kind kind, State state, ClientName client, PoolName pool, Instant started, Instant ended, long files, long bytes,
            String error, SnapshotId holds, int attempts, byte[] order, byte[] result) {
        this(id, kind, state, client, pool, started, ended, files, bytes, error, holds, attempts, null, null, order, result);
    }

    /** One of no policy. */
    public Job(JobId id, Kind kind, State state, ClientName client, PoolName pool, Instant started, Instant ended, long files, long bytes,
            String error, SnapshotId holds, int attempts, String detour, byte[] order, byte[] result) {
        this(id, kind, state, client, pool, started, ended, files, bytes, error, holds, attempts, detour, null, order, result);
    }

    /** This job with its end still to come. @param error why it waits, null if only its turn has to come */
    public Job waiting(State now, String error) {
        return new Job(id, kind, now, client, pool, started, null, files, bytes, error, holds, attempts, detour, policy, order, null);
    }

    /** This job with another number of attempts. */
    public Job attempt(int number) {
        return new Job(id, kind, state, client, pool, started, ended, files, bytes, error, holds, number, detour, policy, order, result);
    }

    /** This job in the run of a policy. */
    public Job of(PolicyName whose) {
        return new Job(id, kind, state, client, pool, started, ended, files, bytes, error, holds, attempts, detour, whose, order, result);
    }

    /** What a job does. */
    public enum Kind {
        BACKUP, RESTORE, COPY, VERIFY, PRUNE, REBUILD,
        /** Deletes snapshots that no rule of a policy wants any more. */
        EXPIRE,
        /** Lets a command read a snapshot as a file system, for as long as it runs. */
        MOUNT,
        /** Reads what is in a snapshot for somebody who keeps it as a file, for as long as he takes. */
        DOWNLOAD,
        /** Rehearses a restore: into a scratch place, compared there. */
        DRILL,
        /** Installs, updates or removes a driver on storage nodes. */
        DRIVER,
        /** Finds out where the cartridges of a library are. */
        INVENTORY,
        /** Moves a cartridge. */
        MOVE,
        /** Writes labels on blank cartridges. */
        LABEL,
        /** Looks what cartridges begin with. */
        SCAN,
        /** Brings cartridges to mail slots. */
        EXPORT,
        /** Takes in what lies in mail slots. */
        IMPORT,
        /** Cleans a drive. */
        CLEAN,
        /** Copies what is needed on a cartridge to others of its pool, which it leaves. */
        REPACK,
        /** Gives up a cartridge that is lost or can't be read. */
        FORGET,
        /** Repairs packs that are damaged or gone from another copy. */
        HEAL,
        /** Has media lock what nobody may delete. */
        LOCK;

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a job stands. */
    public enum State {
        QUEUED, RUNNING, PAUSED, PARKED, DONE, WARNED, FAILED, CANCELLED;

        /** Whether nothing more will happen. */
        public boolean ended() {
            return switch (this) {
                case QUEUED, RUNNING, PAUSED, PARKED -> false;
                case DONE, WARNED, FAILED, CANCELLED -> true;
            };
        }

        /** The single word that people and programs see. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
