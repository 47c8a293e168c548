package org.azekura.driver.s3;

import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/** Which keys and prefixes there are; what an object of another name is, is not ours. */
final class BlobKey {

    private static final int MAX_LENGTH = 512;
    private static final String PART = "(?!\\.{1,2}(?:/|$))[a-z0-9._-]{1,255}";
    private static final Pattern PARTS = Pattern.compile(PART + "(?:/" + PART + ")*");
    private static final Pattern START = Pattern.compile("(?:" + PART + "/)*[a-z0-9._-]{0,255}");
    private static final String DRAFTS = ".tmp";

    private BlobKey() {}

    /** @throws BackupException {@code blob.key} if the text is no key */
    static String check(String text) throws BackupException {
        if (!isKey(text)) {
            throw refused(text);
        }
        return text;
    }

    /** @throws BackupException {@code blob.key} if no key can begin like this */
    static String checkStart(String text) throws BackupException {
        if (text.length() > MAX_LENGTH || !START.matcher(text).matches()) {
            throw refused(text);
        }
        return text;
    }

    static boolean isKey(String text) {
        return isFolder(text) && !text.equals(DRAFTS) && !text.startsWith(DRAFTS + "/");
    }

    /** Whether keys can be put below this: it may be what a first part may not. */
    static boolean isFolder(String text) {
        return text.length() <= MAX_LENGTH && PARTS.matcher(text).matches();
    }

    private static BackupException refused(String text) {
        return BackupException.operator("blob.key", text, "a blob's key is up to 512 characters, parts of a-z, 0-9, dot, underscore and hyphen joined by slashes, like"
                + " \"packs/3f/3f2a\", and does not begin with \"" + DRAFTS + "\"; not \"" + text + "\"");
    }
}
