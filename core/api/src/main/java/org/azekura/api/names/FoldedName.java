package org.azekura.api.names;

import java.nio.charset.StandardCharsets;

/**
 * Text by which names are found, whatever the case of their letters. A name stands between two slashes on each side, so that its beginning and its
 * end are text, too.
 */
public final class FoldedName {

    /** Stands before and behind a name; no name has a slash. */
    public static final String EDGE = "//";

    private FoldedName() {}

    /** What is not UTF-8 counts as one unknown character each. */
    public static String of(byte[] name) {
        return EDGE + fold(new String(name, StandardCharsets.UTF_8)) + EDGE;
    }

    /** Letters that {@link java.util.regex.Pattern#UNICODE_CASE} takes for the same become the same. */
    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(c -> folded.appendCodePoint(c < 0x80 ? c >= 'A' && c <= 'Z' ? c + 32 : c : Character.toLowerCase(Character.toUpperCase(c))));
        return folded.toString();
    }
}
