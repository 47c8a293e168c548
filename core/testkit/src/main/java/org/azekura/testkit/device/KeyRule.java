package org.azekura.testkit.device;

import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/** Which keys and prefixes a device takes, as {@link org.azekura.api.device.BlobStore} says. */
public final class KeyRule {

    private static final Pattern KEY = Pattern.compile("(?!\\.tmp(/|$))((?!\\.{1,2}(/|$))[a-z0-9._-]{1,255})(/(?!\\.{1,2}(/|$))[a-z0-9._-]{1,255})*");
    private static final Pattern PREFIX = Pattern.compile("((?!\\.{1,2}/)[a-z0-9._-]{1,255}/)*[a-z0-9._-]{0,255}");

    private KeyRule() {}

    /** @throws BackupException {@code blob.key} */
    public static void checkKey(String key) throws BackupException {
        check(KEY, key);
    }

    /** @throws BackupException {@code blob.key} */
    public static void checkPrefix(String prefix) throws BackupException {
        check(PREFIX, prefix);
    }

    private static void check(Pattern rule, String text) throws BackupException {
        if (text.length() > 512 || !rule.matcher(text).matches()) {
            throw BackupException.operator("blob.key", text, "\"" + text + "\" is no key");
        }
    }
}
