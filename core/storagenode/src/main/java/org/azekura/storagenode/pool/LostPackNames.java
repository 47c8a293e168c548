package org.azekura.storagenode.pool;

import java.util.ArrayList;
import java.util.List;
import org.azekura.api.PackId;

/** Packs of a pool that waited for tape and are not what they were, in the order in which that was found. Thread-safe. */
final class LostPackNames {

    private final List<PackId> all = new ArrayList<>();

    synchronized void add(PackId pack) {
        all.add(pack);
    }

    synchronized int count() {
        return all.size();
    }

    /** All but the first so many. */
    synchronized List<PackId> since(int count) {
        return List.copyOf(all.subList(count, all.size()));
    }
}
