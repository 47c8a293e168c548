package org.azekura.storagenode.cartridge.blob;

import java.util.regex.Pattern;
import org.azekura.api.PackId;

/** Names of blobs that mean something here. */
public final class Keys {

    private static final Pattern COUNTS = Pattern.compile("(?:.*/)?(?:snapshots|checkpoints)/.*");
    /** Of the blob that is the label. */
    public static final String LABEL = "azekura-label";
    /** Before those of what a cartridge says of others of its set. */
    public static final String CARRIED = "azekura-notes/";
    private static final String PACKS = "packs/";
    private static final String MANIFESTS = "snapshots/";

    private Keys() {}

    /** Whether it is a pack: one of those that count only through a manifest behind them, and so may wait. */
    public static boolean isPack(String key) {
        return key.startsWith(PACKS) || key.contains("/" + PACKS);
    }

    /** The pack that it is; null if it is none. */
    public static PackId pack(String key) {
        try {
            return isPack(key) ? PackId.parse(key.substring(key.lastIndexOf('/') + 1)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether it is the manifest of a snapshot. */
    public static boolean isManifest(String key) {
        return key.startsWith(MANIFESTS) || key.contains("/" + MANIFESTS);
    }

    /** Whether a device is tried with it, and it goes at once. */
    public static boolean isProbe(String key) {
        return key.startsWith("probe-");
    }

    /** Whether it says of packs that they are there: a manifest, or a checkpoint. */
    public static boolean countsOnPacks(String key) {
        return COUNTS.matcher(key).matches();
    }
}
