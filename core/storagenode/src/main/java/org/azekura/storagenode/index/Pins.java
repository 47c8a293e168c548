package org.azekura.storagenode.index;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Which packs running jobs rely on, and which are on their way out. A pack is never both: whoever comes first has it. Packs go by number.
 * Thread-safe.
 */
final class Pins {

    private final Set<JobPins> holders = new HashSet<>();
    private final BitSet leaving = new BitSet();

    /** For one job; holds nothing before its first pin. */
    JobPins begin() {
        return new JobPins(this);
    }

    /** Whether the pack stays, from here on until the job's end. After its end nothing is pinned any more. */
    synchronized boolean pin(JobPins job, int pack) {
        if (leaving.get(pack)) {
            return false;
        }
        if (!job.ended) {
            job.packs.set(pack);
            holders.add(job);
        }
        return true;
    }

    synchronized void release(JobPins job) {
        job.ended = true;
        holders.remove(job);
    }

    /** Whether the pack may leave: no job relies on it, nor can any do so from here on. */
    synchronized boolean letGo(int pack) {
        if (isPinned(pack)) {
            return false;
        }
        leaving.set(pack);
        return true;
    }

    synchronized boolean isPinned(int pack) {
        return holders.stream().anyMatch(job -> job.packs.get(pack));
    }

    synchronized boolean isPinned(JobPins by, int pack) {
        return by.packs.get(pack);
    }

    /** The pack is gone, whoever relies on it. */
    synchronized void goes(int pack) {
        leaving.set(pack);
    }

    synchronized boolean isLeaving(int pack) {
        return leaving.get(pack);
    }

    /** The pack has left, and its number is free for another. */
    synchronized void left(int pack) {
        leaving.clear(pack);
        // Only a pack that was gone from the volume leaves while it is pinned.
        holders.forEach(job -> job.packs.clear(pack));
    }
}
