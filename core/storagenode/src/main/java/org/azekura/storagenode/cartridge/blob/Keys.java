package org.azekura.storagenode.cartridge.blob;

import java.util.regex.Pattern;
import org.azekura.api.BackupException;
import org.azekura.api.PackId;
import org.azekura.engine.tape.BlobHead;

/** Names of blobs: which can be, and which mean something here. */
public final class Keys {

    private static final Pattern PREFIX = Pattern.compile("(?:(?!\\.{1,2}/)[a-z0-9._-]{1,255}/)*[a-z0-9._-]{0,255}");
    private static final Pattern COUNTS = Pattern.compile("(?:.*/)?(?:snapshots|checkpoints)/.*");
    /** Of the blob that is the label. */
    public static final String LABEL = "azekura-label";
    /** Before those of what a cartridge says of others of its set. */
    public static final String CARRIED = "azekura-notes/";
    public static final int MOST = 512;
    private static final String PACKS = "packs/";
    private static final String MANIFESTS = "snapshots/";

    private Keys() {}

    /** @throws BackupException {@code blob.key} */
    public static void require(String key) throws BackupException {
        if (!BlobHead.isKey(key)) {
            throw refused(key);
        }
    }

    /** @throws BackupException {@code blob.key} if no key begins so */
    public static void requirePrefix(String prefix) throws BackupException {
        if (prefix.length() > MOST || !PREFIX.matcher(prefix).matches()) {
            throw refused(prefix);
        }
    }

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

    private static BackupException refused(String text) {
        return BackupException.operator("blob.key", text, "a blob's key is up to " + MOST + " characters, parts of a-z, 0-9, dot, underscore and hyphen"
                + " joined by slashes, like \"packs/3f/3f2a\", and does not begin with \".tmp\"; not \"" + text + "\"");
    }
}
