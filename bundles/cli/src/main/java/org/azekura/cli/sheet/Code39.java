package org.azekura.cli.sheet;

/** Code 39 (ISO/IEC 16388), which robots of tape libraries read: nine bars and spaces a character, three of them wide. */
final class Code39 {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%*";
    /** A bit for each element, the first one highest: whether it is wide. */
    private static final int[] WIDE = {0x034, 0x121, 0x061, 0x160, 0x031, 0x130, 0x070, 0x025, 0x124, 0x064, 0x109, 0x049, 0x148, 0x019, 0x118, 0x058, 0x00d, 0x10c,
        0x04c, 0x01c, 0x103, 0x043, 0x142, 0x013, 0x112, 0x052, 0x007, 0x106, 0x046, 0x016, 0x181, 0x0c1, 0x1c0, 0x091, 0x190, 0x0d0, 0x085, 0x184, 0x0c4, 0x0a8,
        0x0a2, 0x08a, 0x02a, 0x094};

    private Code39() {}

    /** Draws one bar, or leaves a space, each in its turn. */
    interface Element {
        void next(boolean bar, boolean wide);
    }

    /** Whether it has all these characters; the star begins and ends it. */
    static boolean has(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c != '*' && ALPHABET.indexOf(c) >= 0);
    }

    static void each(String text, Element element) {
        String all = "*" + text + "*";
        for (int i = 0; i < all.length(); i++) {
            int wide = WIDE[ALPHABET.indexOf(all.charAt(i))];
            for (int bit = 8; bit >= 0; bit--) {
                element.next(bit % 2 == 0, (wide >> bit & 1) != 0);
            }
            if (i < all.length() - 1) {
                element.next(false, false);
            }
        }
    }
}
