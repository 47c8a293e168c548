package org.azekura.api.server;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Collection;
import java.util.ArrayList;
import java.util.List;
import org.azekura.api.BackupException;
import org.azekura.api.ClientName;
import org.azekura.api.Keep;
import org.azekura.api.PolicyName;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.api.catalog.Pin;
import org.azekura.api.catalog.Snapshot;
import org.azekura.api.device.BlobLock;
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

    /** Those of several clients; by snapshot. What their snapshots are is decided without those of others. */
    default List<Stay> stays(Collection<ClientName> clients) throws BackupException {
        List<Stay> stays = new ArrayList<>();
        for (ClientName client : clients) {
            stays.addAll(stays(client));
        }
        stays.sort(Comparator.comparing(stay -> stay.snapshot().id()));
        return stays;
    }

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

    /**
     * Tries rules on snapshots that there are not: which would live when. Nothing is read and nothing is changed.
     *
     * @throws BackupException {@code simulation.invalid}; {@code simulation.large} if there are too many of them, or too many stay
     */
    List<Life> simulate(Trial trial) throws BackupException;

    /**
     * @param times when snapshots are received, in any order; at most 10,000
     * @param zone  by whose calendar the rules count
     * @param until when the trial ends; later times count for nothing
     */
    record Trial(List<Instant> times, Keep keep, ZoneId zone, Instant until) {

        public Trial {
            times = List.copyOf(times);
        }
    }

    /**
     * How a snapshot would live.
     *
     * @param expired null if it is there still when the trial ends
     * @param spells  by which rules it lived, in the order in which they began to want it
     */
    record Life(Instant made, Instant expired, List<Spell> spells) {

        public Life {
            spells = List.copyOf(spells);
        }
    }

    /**
     * While a rule wanted a snapshot.
     *
     * @param kind  as in {@link Reason}
     * @param until when it did not any more, or the trial ended
     */
    record Spell(String kind, Instant from, Instant until) {}

    /**
     * The lock of a pool.
     *
     * @param time   for how long nobody can delete what lies there, from when it was received; {@link Duration#ZERO}: there is none
     * @param mode   in which its media are asked to lock it
     * @param device modes that its device has; empty: only the appliance keeps it; null if nobody can be asked now
     */
    record PoolLock(Duration time, BlobLock.Mode mode, List<BlobLock.Mode> device) {}

    /** @throws BackupException {@code pool.unknown} */
    PoolLock lock(PoolName pool) throws BackupException;

    /**
     * Has nobody delete, for so long from when it was received, what lies in a pool: what is there already included. Nobody can take that back.
     *
     * @param time in whole seconds, up to a hundred years
     * @param mode null: that which it has
     * @throws BackupException {@code pool.unknown}, {@code lock.invalid}; {@code lock.refused} if it would be shorter or weaker than the one there is: nothing was changed
     */
    PoolLock lock(PoolName pool, Duration time, BlobLock.Mode mode) throws BackupException;
}
