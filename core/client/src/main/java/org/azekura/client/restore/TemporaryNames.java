package org.azekura.client.restore;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What entries of one restore are called until they are complete: {@code .azekura-restore-}, 16 hex digits of the restore, a dash,
 * 16 hex digits of the entry. Nobody can foretell them and put something in their place; but all can see whose they are, so what
 * a restore left that was cut off can be taken away by a later one. One thread.
 */
final class TemporaryNames implements AutoCloseable {

    private static final String PREFIX = ".azekura-restore-";
    private static final Pattern FORM = Pattern.compile("\\.azekura-restore-([0-9a-f]{16})-[0-9a-f]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();
    /** The restores of this process whose files are in making. */
    private static final Set<String> LIVE = ConcurrentHashMap.newKeySet();

    private final String restore = digits();
    /** Of an attempt that was cut off: this one goes on with it. */
    private final byte[] half;

    /** @param half the temporary name that stays, null if there is none */
    TemporaryNames(byte[] half) {
        this.half = half;
        LIVE.add(restore);
        if (half != null) {
            LIVE.add(restore(half));
        }
    }

    /** Null if it is no temporary name. */
    private static String restore(byte[] name) {
        var found = FORM.matcher(new String(name, StandardCharsets.ISO_8859_1));
        return found.matches() ? found.group(1) : null;
    }

    private static String digits() {
        return HexFormat.of().toHexDigits(RANDOM.nextLong());
    }

    byte[] next() {
        return (PREFIX + restore + "-" + digits()).getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isTemporary(byte[] name) {
        return restore(name) != null;
    }

    /** Whether this is the temporary name of a restore that is not running here any more. */
    boolean isLeftover(byte[] name) {
        String found = restore(name);
        if (found == null || Arrays.equals(name, half)) {
            return false;
        }
        return !LIVE.contains(found) || half != null && found.equals(restore(half));
    }

    @Override
    public void close() {
        LIVE.remove(restore);
        if (half != null) {
            LIVE.remove(restore(half));
        }
    }
}
