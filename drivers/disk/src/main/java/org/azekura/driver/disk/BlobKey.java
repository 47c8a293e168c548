package org.azekura.driver.disk;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.azekura.api.BackupException;

/** A blob's key, checked, and the file it stands for. No key leads out of the store or into its folder of unfinished files. */
record BlobKey(String text) {

    private static final int MAX_LENGTH = 512;
    /** No part of dots alone ({@code .}, {@code ..}); 255 bytes is the longest name that Linux file systems take. */
    private static final String PART = "(?!\\.{1,2}(?:/|$))[a-z0-9._-]{1,255}";
    private static final Pattern RULE = Pattern.compile("(?!" + Pattern.quote(Unfinished.FOLDER) + "(?:/|$))" + PART + "(?:/" + PART + ")*");
    private static final Pattern PREFIX = Pattern.compile("(?:" + PART + "/)*[a-z0-9._-]{0,255}");

    /** @throws BackupException {@code blob.key} if the text is no key */
    static BlobKey check(String text) throws BackupException {
        if (!isKey(text)) {
            throw refused(text);
        }
        return new BlobKey(text);
    }

    static boolean isKey(String text) {
        return text.length() <= MAX_LENGTH && RULE.matcher(text).matches();
    }

    /**
     * The folder in which everything lies that begins with this prefix.
     *
     * @throws BackupException {@code blob.key} if no key can begin like this
     */
    static Path folderOf(Path root, String prefix) throws BackupException {
        if (prefix.length() > MAX_LENGTH || !PREFIX.matcher(prefix).matches()) {
            throw refused(prefix);
        }
        return root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    }

    Path in(Path root) {
        return root.resolve(text);
    }

    private static BackupException refused(String text) {
        return BackupException.operator("blob.key", text, "a blob's key is up to 512 characters, parts of a-z, 0-9, dot, underscore"
                + " and hyphen joined by slashes, like \"packs/3f/3f2a\", and does not begin with \"" + Unfinished.FOLDER + "\"; not \""
                + text + "\"");
    }
}
