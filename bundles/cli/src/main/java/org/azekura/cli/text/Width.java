package org.azekura.cli.text;

/** How many columns of a terminal a text takes: two for a full-width character, none for an accent of its own (Unicode TR 11). */
public final class Width {

    private Width() {}

    public static int of(String text) {
        return text.codePoints().map(Width::of).sum();
    }

    /** The text, its end left out if it takes more. */
    public static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int taken = 1;
        for (int c : text.codePoints().toArray()) {
            taken += of(c);
            if (taken > columns) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept + "…";
    }

    private static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        return Character.isIdeographic(c) || Character.isEmojiPresentation(c)
                || c >= 0x1100 && c <= 0x115f                   // Hangul that begins a syllable
                || c >= 0x2e80 && c <= 0xa4cf && c != 0x303f    // radicals, kana, signs of Chinese and Japanese, Yi
                || c >= 0xac00 && c <= 0xd7a3                   // Hangul syllables
                || c >= 0xfe30 && c <= 0xfe6f                   // signs for upright text
                || c >= 0xff01 && c <= 0xff60 || c >= 0xffe0 && c <= 0xffe6;
    }
}
