package org.azekura.storagenode.cartridge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.azekura.api.device.BlobStore.Blob;

/** What lies on a cartridge. Read by any thread, changed by one at a time. */
final class Contents {

    private final ConcurrentSkipListMap<String, Noted> blobs = new ConcurrentSkipListMap<>();
    private volatile Tail tail;

    Contents(Tail tail) {
        this.tail = tail;
    }

    /** Null if there is none. */
    Noted get(String key) {
        return blobs.get(key);
    }

    /** In the order in which they lie: who reads all that is listed reads on. */
    void list(String prefix, Consumer<Blob> each) {
        List<Noted> found = new ArrayList<>();
        for (Noted blob : blobs.tailMap(prefix, true).values()) {
            if (!blob.key().startsWith(prefix)) {
                break;
            }
            found.add(blob);
        }
        found.sort(Comparator.comparingLong(Noted::serial));
        found.forEach(blob -> each.accept(new Blob(blob.key(), blob.size())));
    }

    Collection<Noted> blobs() {
        return blobs.values();
    }

    Tail tail() {
        return tail;
    }

    /** Objects that stand behind all others, and where they end. */
    void add(List<Noted> objects, Tail end) {
        for (Noted object : objects) {
            if (object.deletion()) {
                blobs.remove(object.key());
            } else {
                blobs.putIfAbsent(object.key(), object);
            }
        }
        tail = end;
    }
}
