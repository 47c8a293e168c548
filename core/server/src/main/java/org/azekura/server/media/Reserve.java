package org.azekura.server.media;

import java.util.List;
import org.azekura.api.PoolName;
import org.azekura.api.catalog.MediaRules;
import org.azekura.api.catalog.MediaSet;
import org.azekura.api.catalog.Volume;

/**
 * Free cartridges that a pool leaves for what is copied away: without one nothing could be won where all are half full. A small pool leaves none, for there
 * nothing is won by copying.
 *
 * @param free that the pool could have next
 * @param kept of them
 */
public record Reserve(PoolName pool, int free, int kept) {

    /** A pool leaves one for so many that it lies on, at most. */
    private static final int LIES_ON = 3;

    static Reserve of(List<Choice.Candidate> candidates, PoolName pool, Choice.Known known) {
        return new Reserve(pool, (int) candidates.stream().filter(one -> !one.isOwn()).count(), kept(known.volumes(), pool, known.rules()));
    }

    /** So many of its free ones a pool would leave. */
    static int kept(List<Volume> volumes, PoolName pool, MediaRules rules) {
        return (int) Math.min(rules.reserve(), volumes.stream().filter(volume -> whole(volume.pool()).equals(whole(pool)) && volume.isInSet()).count() / LIES_ON);
    }

    /** Of all media sets of a pool together: they have their cartridges from the same free ones. */
    private static PoolName whole(PoolName set) {
        return MediaSet.called(set).map(MediaSet::of).orElse(set);
    }

    /** Whether backups get none any more. */
    public boolean isReached() {
        return kept > 0 && free <= kept;
    }

    /** For people: why they get none. */
    public String words() {
        return (free == 0 ? "it has no free cartridge" : free == 1 ? "its last free cartridge is left for copies" : "its last " + free
                + " free cartridges are left for copies") + ", and azekura prune --pool " + whole(pool) + " wins others";
    }
}
