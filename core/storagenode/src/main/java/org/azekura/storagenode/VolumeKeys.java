package org.azekura.storagenode;

import org.azekura.api.PackId;
import org.azekura.api.SnapshotId;

/** How the blobs of a volume are named. */
final class VolumeKeys {

    static final String LABEL = "azekura-label";
    static final String KEY_RINGS = "keyring-";
    static final String PACKS = "packs/";

    private VolumeKeys() {}

    static String keyRing(int epoch) {
        return KEY_RINGS + epoch;
    }

    static String pack(PackId id) {
        String text = id.toString();
        return PACKS + text.substring(0, 2) + "/" + text;
    }

    /** Null if the key is not that of a pack. */
    static PackId pack(String key) {
        try {
            PackId id = PackId.parse(key.substring(key.lastIndexOf('/') + 1));
            return pack(id).equals(key) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String manifest(SnapshotId id) {
        return "snapshots/" + id;
    }
}
