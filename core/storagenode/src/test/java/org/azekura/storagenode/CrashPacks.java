package org.azekura.storagenode;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.azekura.api.JobId;
import org.azekura.api.PackId;

/** What the server's catalog has of packs and of jobs that write them. Thread-safe. */
final class CrashPacks {

    /** With the job that wrote it, or null if it was found. */
    private final Map<PackId, JobId> known = new HashMap<>();
    /** Taken out of the catalog to be dropped; whether they are on the volume is not known. */
    private final Set<PackId> doubtful = new HashSet<>();
    private final Set<PackId> gone = new HashSet<>();
    private final Set<JobId> unended = new HashSet<>();

    /** The server begins anew: no job of before goes on. */
    synchronized void restart() {
        unended.clear();
    }

    synchronized void begins(JobId job) {
        unended.add(job);
    }

    synchronized void ends(JobId job) {
        unended.remove(job);
    }

    synchronized void written(PackId pack, JobId job) {
        known.put(pack, job);
    }

    /** A census: what is on the volume and not in the catalog is entered. */
    synchronized void found(Collection<PackId> onVolume) {
        for (PackId pack : onVolume) {
            if (gone.contains(pack)) {
                throw new AssertionError("pack " + pack + " was dropped, and is back");
            }
            known.putIfAbsent(pack, null);
        }
        // The others stay in doubt: a node that has lost its device lists them no longer, and the device may still have them.
        doubtful.removeAll(onVolume);
    }

    synchronized void forget(List<PackId> packs) {
        packs.forEach(known::remove);
        doubtful.addAll(packs);
    }

    synchronized void dropped(List<PackId> asked, Collection<PackId> dropped) {
        doubtful.removeAll(asked);
        gone.addAll(dropped);
        asked.stream().filter(pack -> !gone.contains(pack)).forEach(pack -> known.putIfAbsent(pack, null));
    }

    synchronized Set<PackId> known() {
        return Set.copyOf(known.keySet());
    }

    synchronized Set<PackId> doubtful() {
        return Set.copyOf(doubtful);
    }

    /** Those of jobs that have not ended. */
    synchronized List<PackId> ofUnended() {
        List<PackId> packs = new ArrayList<>();
        known.forEach((pack, job) -> {
            if (job != null && unended.contains(job)) {
                packs.add(pack);
            }
        });
        return packs;
    }
}
