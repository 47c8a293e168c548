package org.azekura.api.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Snapshot;
import org.osgi.annotation.versioning.ProviderType;

/** How long snapshots stay, and what keeps them. Safe for any number of threads. */
@ProviderType
public interface Retention {

    /**
     * What the rules say of snapshots now, oldest first. Nothing is changed.
     *
     * @param client null for those of all
     */
    List<Stay> stays(ClientName client) throws BackupException;

    /**
     * The same of those that a policy has a say in: of its save sets in its pool.
     *
     * @throws BackupException {@code policy.unknown}
     */
    List<Stay> stays(PolicyName policy) throws BackupException;

    /** @throws BackupException {@code snapshot.unknown} */
    Stay stay(SnapshotId id) throws BackupException;

    /**
     * Has a snapshot stay whatever the rules say, instead of what pinned it before.
     *
     * @param time  from now on; null: see {@code until}
     * @param until null with {@code time}, and until somebody unpins it
     * @param why   for people, at most 200 characters
     * @throws BackupException {@code snapshot.unknown}, {@code pin.invalid}
     */
    Pin pin(SnapshotId id, Duration time, Instant until, String why) throws BackupException;

    /** @throws BackupException {@code snapshot.unknown}; {@code pin.unknown} if it is not pinned */
    Pin unpin(SnapshotId id) throws BackupException;

    /**
     * Whether a snapshot stays, and why.
     *
     * @param snapshot    without its manifest, its time corrected
     * @param expires     whether the next expiry takes it away: nothing of {@code reasons} is there then
     * @param reasons     why it stays
     * @param pin         null if it is not pinned, or that is over
     * @param lockedUntil until when nobody can delete it, at the earliest; null if it is not locked
     */
    record Stay(Snapshot snapshot, boolean expires, List<Reason> reasons, Pin pin, Instant lockedUntil) {

        public Stay {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Why a snapshot stays.
     *
     * @param kind   one of last, hourly, daily, weekly, monthly, yearly, within, newest, all, fresh, free, pinned, locked, used
     * @param text   the same for people, like {@code daily 2026-11-24}
     * @param policy whose rule it is; null if it is none's
     */
    record Reason(String kind, String text, PolicyName policy) {}

    /** For how long nobody can delete what lies in a pool, from when it was received; {@link Duration#ZERO} if it can be. */
    Duration lock(PoolName pool) throws BackupException;
}
