package org.azekura.storagenode.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.azekura.api.SessionId;
import org.azekura.engine.chunk.ChunkKind;

/** The packs that a job is writing: one for each session and kind of chunks. Guarded by the job's turn. */
final class OpenPacks {

    /** With every so many packs of data the pack of tree pages is finished too, so that a client can count on both up to there. */
    private static final int TREES_EVERY = 2;

    private final Map<Place, PackInMaking> open = new HashMap<>();
    private int dataPacks;

    /** What a pack is open for. */
    record Place(ChunkKind kind, SessionId session) {}

    /** Null if there is none. */
    PackInMaking at(Place place) {
        return open.get(place);
    }

    void put(Place place, PackInMaking pack) {
        open.put(place, pack);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Bytes, in all of them. */
    long size() {
        return open.values().stream().mapToLong(PackInMaking::size).sum();
    }

    /** Takes out the one that is full, and what is to be finished with it. */
    List<PackInMaking> takeFull(Place place) {
        List<PackInMaking> taken = new ArrayList<>();
        taken.add(open.remove(place));
        if (place.kind == ChunkKind.DATA && ++dataPacks % TREES_EVERY == 0) {
            PackInMaking trees = open.remove(new Place(ChunkKind.TREE, place.session));
            if (trees != null) {
                taken.add(trees);
            }
        }
        return taken;
    }

    /** Takes out the largest; there must be one. */
    PackInMaking takeLargest() {
        return open.remove(Collections.max(open.keySet(), Comparator.comparing(place -> open.get(place).size())));
    }

    /** Takes out any one; there must be one. */
    PackInMaking takeAny() {
        return open.remove(open.keySet().iterator().next());
    }

    /** Takes all out. */
    List<PackInMaking> takeAll() {
        List<PackInMaking> all = new ArrayList<>(open.values());
        open.clear();
        return all;
    }
}
