package org.azekura.storagenode.cartridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** What lies on a cartridge. Read by any thread, changed by one at a time. */
final class Contents {

    private final ConcurrentSkipListMap<String, Noted> blobs = new ConcurrentSkipListMap<>();
    /** What was deleted here counts for the cartridges before this one, too. */
    private final Map<String, Noted> deletions = new ConcurrentHashMap<>();
    private volatile Tail tail;
    private volatile boolean closed;

    Contents(Tail tail) {
        this.tail = tail;
    }

    /** Null if there is none. */
    Noted get(String key) {
        return blobs.get(key);
    }

    /** Whether it says something of a blob of that name: it is here, or was deleted here. Then cartridges before this one are not asked. */
    boolean covers(String key) {
        return blobs.containsKey(key) || deletions.containsKey(key);
    }

    /** In the order in which they lie: who reads all that is listed reads on. */
    void list(String prefix, Consumer<Noted> each) {
        List<Noted> found = new ArrayList<>();
        for (Noted blob : blobs.tailMap(prefix, true).values()) {
            if (!blob.key().startsWith(prefix)) {
                break;
            }
            found.add(blob);
        }
        found.sort(Comparator.comparingLong(Noted::serial));
        found.forEach(each);
    }

    Collection<Noted> blobs() {
        return blobs.values();
    }

    /** All that must be remembered, in the order in which it lies. */
    List<Noted> objects() {
        List<Noted> all = new ArrayList<>(blobs.values());
        all.addAll(deletions.values());
        all.sort(Comparator.comparingLong(Noted::serial));
        return all;
    }

    /** Whether nothing is written behind that any more: another cartridge follows. */
    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    Tail tail() {
        return tail;
    }

    /** Objects that stand behind all others, and where they end. */
    void add(List<Noted> objects, Tail end) {
        for (Noted object : objects) {
            if (object.deletion()) {
                blobs.remove(object.key());
                if (!object.key().equals(Tape.LABEL)) {
                    deletions.put(object.key(), object);
                }
            } else {
                blobs.putIfAbsent(object.key(), object);
            }
        }
        tail = end;
    }
}
