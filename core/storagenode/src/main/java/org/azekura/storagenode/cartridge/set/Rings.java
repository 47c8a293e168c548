package org.azekura.storagenode.cartridge.set;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.azekura.api.BackupException;
import org.azekura.storagenode.cartridge.blob.Held;
import org.azekura.storagenode.cartridge.blob.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key rings of a pool: each of its cartridges begins with them, so that none is without its keys. Thread-safe. */
public final class Rings {

    private static final String PREFIX = "keyring-";
    private static final int MOST = 1 << 16;
    private static final Logger LOG = LoggerFactory.getLogger(Rings.class);

    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    static boolean is(String key, long size) {
        return key.startsWith(PREFIX) && size <= MOST;
    }

    /** One was written, or is held for a label. */
    void written(Waiting one) throws BackupException {
        if (!one.isDeletion() && is(one.key(), one.size())) {
            ByteBuffer bytes = ByteBuffer.allocate((int) one.size());
            one.content().read(0, bytes);
            known.put(one.key(), bytes.array());
        }
    }

    /** All that the set has, for a new cartridge. One that can't be read stays where it is. */
    Held copies(SetContent set) throws BackupException {
        Held all = new Held();
        set.list(PREFIX, blob -> {
            if (is(blob.key(), blob.size())) {
                byte[] content = known.computeIfAbsent(blob.key(), key -> read(set, key, (int) blob.size()));
                if (content != null) {
                    all.put(blob.key(), content);
                }
            }
        });
        return all;
    }

    private static byte[] read(SetContent set, String key, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        try {
            while (bytes.hasRemaining() && set.read(key, bytes.position(), bytes) > 0) {}
            return bytes.hasRemaining() ? null : bytes.array();
        } catch (BackupException e) {
            LOG.warn("{}: the next cartridge gets no copy of {}: {}", set.finding().where(), key, e.getMessage());
            return null;
        }
    }
}
