package org.azekura.storagenode.cartridge.blob;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.azekura.api.BackupException;
import org.azekura.api.device.BlobStore.Blob;

/** What was committed before the label: a cartridge begins with that, so it waits here, in memory. One thread at a time. */
public final class Held {

    /** Key rings and probes are smaller by far. */
    private static final int MOST = 1 << 20;

    private final Map<String, byte[]> blobs = new LinkedHashMap<>();
    private long bytes;

    /** Null if there is none. */
    public byte[] get(String key) {
        return blobs.get(key);
    }

    public void list(String prefix, Consumer<Blob> each) {
        blobs.forEach((key, content) -> {
            if (key.startsWith(prefix)) {
                each.accept(new Blob(key, content.length));
            }
        });
    }

    public void add(String key, Content content, String where) throws BackupException {
        if (blobs.containsKey(key)) {
            throw Trouble.taken(where, key);
        }
        if (content.size() > MOST - bytes) {
            throw BackupException.media("volume.unlabelled", where, where + " has no label yet: \"" + key + "\" of " + content.size()
                    + " bytes can't be kept before there is one", null);
        }
        ByteBuffer all = ByteBuffer.allocate((int) content.size());
        content.read(0, all);
        blobs.put(key, all.array());
        bytes += all.capacity();
    }

    /** A copy of what the pool has already. */
    public void put(String key, byte[] content) {
        blobs.put(key, content);
        bytes += content.length;
    }

    public void remove(String key) {
        byte[] gone = blobs.remove(key);
        bytes -= gone == null ? 0 : gone.length;
    }

    public Map<String, byte[]> all() {
        return blobs;
    }

    public void clear() {
        blobs.clear();
        bytes = 0;
    }
}
