package org.azekura.storagenode.pool;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.azekura.api.PackId;
import org.azekura.api.PoolName;
import org.azekura.api.SnapshotId;
import org.azekura.engine.format.Sha256;
import org.azekura.engine.volume.AuditSegment;

/** How the blobs of a volume are named. */
public final class VolumeKeys {

    public static final String LABEL = "azekura-label";
    static final String KEY_RINGS = "keyring-";
    public static final String PACKS = "packs/";
    static final String DAMAGED = "damaged/";
    public static final String MANIFESTS = "snapshots/";
    public static final String COPIES = "copies/";
    static final String CHECKPOINTS = "checkpoints/";
    static final String REGISTERS = "registers/";
    static final String AUDIT = "audit/";
    /** What a device is tried with; says nothing, and goes at once. */
    public static final String PROBES = "probe-";

    /** A damage mark on the volume. {@code number} counts up for its pack. */
    record Mark(String key, PackId pack, int number) {}

    private VolumeKeys() {}

    public static String keyRing(int number) {
        return KEY_RINGS + number;
    }

    /**
     * The folder of another pool's volume. Names of pools may have capitals, keys may not: two that differ only there are told apart by the first
     * eight digits of their SHA-256.
     */
    public static String copies(PoolName of) {
        String name = of.value().toLowerCase(Locale.ROOT);
        return COPIES + (name.equals(of.value()) ? name : name + "-" + digits(of.value().getBytes(StandardCharsets.US_ASCII)));
    }

    private static String digits(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes), 0, 4);
    }

    /** The folder of the volume for copies whose label this is, null if it is none. */
    public static String copiesWith(String label) {
        int end = label.length() - LABEL.length() - 1;
        return end > COPIES.length() && label.endsWith("/" + LABEL) && label.indexOf('/', COPIES.length()) == end ? label.substring(0, end) : null;
    }

    /** The number of a key ring, 0 if the key is not that of one. */
    public static int keyRing(String key) {
        try {
            int number = Integer.parseInt(key.substring(Math.min(key.length(), KEY_RINGS.length())));
            return number > 0 && keyRing(number).equals(key) ? number : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    public static String pack(PackId id) {
        return spread(PACKS, id);
    }

    private static String spread(String prefix, PackId id) {
        String text = id.toString();
        return prefix + text.substring(0, 2) + "/" + text;
    }

    /** Null if the key is not that of a pack. */
    public static PackId pack(String key) {
        try {
            PackId id = PackId.parse(key.substring(key.lastIndexOf('/') + 1));
            return pack(id).equals(key) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String mark(PackId id, int number) {
        return spread(DAMAGED, id) + "-" + number;
    }

    /** Null if the key is not that of a damage mark. */
    static Mark mark(String key) {
        try {
            int dash = key.lastIndexOf('-');
            PackId id = PackId.parse(key.substring(key.lastIndexOf('/') + 1, Math.max(0, dash)));
            int number = Integer.parseInt(key.substring(dash + 1));
            return number > 0 && number < Integer.MAX_VALUE && mark(id, number).equals(key) ? new Mark(key, id, number) : null;
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return null;
        }
    }

    public static String manifest(SnapshotId id) {
        return MANIFESTS + id;
    }

    /** @param number from 1 */
    public static String checkpoint(long number) {
        return CHECKPOINTS + HexFormat.of().toHexDigits(number);
    }

    /** @param number from 1 */
    static String register(long number) {
        return REGISTERS + HexFormat.of().toHexDigits(number);
    }

    /** A segment of the audit log: where it belongs and, since the same lines may come twice, the first eight digits of the SHA-256 of its bytes. */
    static String audit(AuditSegment segment) {
        return AUDIT + HexFormat.of().toHexDigits(segment.first()) + "-" + HexFormat.of().toHexDigits(segment.last()) + "-" + digits(segment.encoded());
    }

    /** The number of a register, 0 if the key is not that of one. */
    static long register(String key) {
        return key.startsWith(REGISTERS) ? checkpoint(CHECKPOINTS + key.substring(REGISTERS.length())) : 0;
    }

    /** The number of a checkpoint, 0 if the key is not that of one. */
    public static long checkpoint(String key) {
        try {
            long number = HexFormat.fromHexDigitsToLong(key, Math.min(key.length(), CHECKPOINTS.length()), key.length());
            return number > 0 && checkpoint(number).equals(key) ? number : 0;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
