package org.azekura.client.restore;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What entries of one restore are called until they are complete: {@code .azekura-restore-}, 16 hex digits of the restore, a dash,
 * 16 hex digits of the entry. Nobody can foretell them and put something in their place; but all can see whose they are, so what
 * a restore left that was cut off can be taken away by a later one. One thread; {@link #isLeftover} any.
 */
final class TemporaryNames implements AutoCloseable {

    private static final String PREFIX = ".azekura-restore-";
    private static final Pattern FORM = Pattern.compile("\\.azekura-restore-([0-9a-f]{16})-[0-9a-f]{16}");
    private static final SecureRandom RANDOM = new SecureRandom();
    /** The restores of this process whose files are in making. */
    private static final Set<String> LIVE = ConcurrentHashMap.newKeySet();

    private final String restore = digits();

    TemporaryNames() {
        LIVE.add(restore);
    }

    private static String digits() {
        return HexFormat.of().toHexDigits(RANDOM.nextLong());
    }

    byte[] next() {
        return (PREFIX + restore + "-" + digits()).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether this is the temporary name of a restore that is not running here any more. */
    static boolean isLeftover(byte[] name) {
        var found = FORM.matcher(new String(name, StandardCharsets.ISO_8859_1));
        return found.matches() && !LIVE.contains(found.group(1));
    }

    @Override
    public void close() {
        LIVE.remove(restore);
    }
}
