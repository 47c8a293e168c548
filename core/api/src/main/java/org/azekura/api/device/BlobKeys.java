package org.azekura.api.device;

import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/** The rule of a blob's key, as {@link BlobStore} has it. No key leads out of the place that it is a name in, or into {@link #DRAFTS}. */
public final class BlobKeys {

    /** What no key begins with as its first part: here a device may keep what is not committed. */
    public static final String DRAFTS = ".tmp";

    private static final int MAX_LENGTH = 512;
    /** No part of dots alone ({@code .}, {@code ..}); 255 bytes is the longest name that Linux file systems take. */
    private static final String PART = "(?!\\.{1,2}(?:/|$))[a-z0-9._-]{1,255}";
    private static final Pattern KEY = Pattern.compile("(?!" + Pattern.quote(DRAFTS) + "(?:/|$))" + PART + "(?:/" + PART + ")*");
    private static final Pattern PREFIX = Pattern.compile("(?:" + PART + "/)*[a-z0-9._-]{0,255}");

    private BlobKeys() {}

    public static boolean isKey(String text) {
        return text.length() <= MAX_LENGTH && KEY.matcher(text).matches();
    }

    /**
     * @return the text
     * @throws BackupException {@code blob.key} if it is no key
     */
    public static String check(String text) throws BackupException {
        return require(isKey(text), text);
    }

    /**
     * @return the text: what a key can begin with, which may end within a part
     * @throws BackupException {@code blob.key} if no key begins so
     */
    public static String checkPrefix(String text) throws BackupException {
        return require(text.length() <= MAX_LENGTH && PREFIX.matcher(text).matches(), text);
    }

    private static String require(boolean holds, String text) throws BackupException {
        if (!holds) {
            throw BackupException.operator("blob.key", text, "a blob's key is up to " + MAX_LENGTH + " characters, parts of a-z, 0-9, dot, underscore and hyphen"
                    + " joined by slashes, like \"packs/3f/3f2a\", and does not begin with \"" + DRAFTS + "\"; not \"" + text + "\"");
        }
        return text;
    }
}
