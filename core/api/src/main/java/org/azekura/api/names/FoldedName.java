package org.azekura.api.names;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Text by which names are found, whatever the case and the form of their characters. A name stands between two slashes on each side, so that its
 * beginning and its end are text, too.
 */
public final class FoldedName {

    /** Stands before and behind a name; no name has a slash. */
    public static final String EDGE = "//";

    /** Characters below are composed, and of one width. */
    private static final char FORMS = 0x300;
    /** The ideographic space, and the halfwidth and fullwidth forms, but for the slash: in a name it is none. */
    private static final Pattern WIDE = Pattern.compile("[\\u3000\\uff01-\\uff0e\\uff10-\\uffee]");

    private FoldedName() {}

    /** What is not UTF-8 counts as one unknown character each. */
    public static String of(byte[] name) {
        return EDGE + fold(formed(new String(name, StandardCharsets.UTF_8))) + EDGE;
    }

    /**
     * Text whose characters have one form each: composed, as most keyboards give them and macOS does not, and of the usual width. So U+304B U+3099
     * becomes U+304C, and so does what is half as wide become the katakana that it stands for.
     */
    public static String formed(String text) {
        if (isPlain(text)) {
            return text;
        }
        String wide = WIDE.matcher(text).replaceAll(found -> Normalizer.normalize(found.group(), Normalizer.Form.NFKC));
        return Normalizer.normalize(wide, Normalizer.Form.NFC);
    }

    /** As nearly all are: a search asks for millions of names. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FORMS) {
                return false;
            }
        }
        return true;
    }

    /** Letters that {@link java.util.regex.Pattern#UNICODE_CASE} takes for the same become the same. */
    public static String fold(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(c -> folded.appendCodePoint(c < 0x80 ? c >= 'A' && c <= 'Z' ? c + 32 : c : Character.toLowerCase(Character.toUpperCase(c))));
        return folded.toString();
    }
}
