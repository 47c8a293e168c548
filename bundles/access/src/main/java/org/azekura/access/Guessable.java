package org.azekura.access;

import java.util.List;
import java.util.Locale;

/**
 * Passwords that are long enough and yet tried first: words that stand for a password, rows of keys, runs of letters and digits, or one piece again and
 * again. What is left without these has to be something. A list of the most common ones has hardly any that this lets through at our least length.
 */
final class Guessable {

    private static final int LEFT = 6;
    private static final int RUN = 4;

    private static final List<String> WORDS = List.of("password", "passwort", "passwd", "letmein", "welcome", "changeme", "default", "administrator", "admin", "operator", "root",
            "azekura", "backup", "secret", "login", "iloveyou", "monkey", "dragon", "football", "master", "sunshine", "princess", "superman", "hello", "test", "user", "pass");
    private static final List<String> ROWS = List.of("1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop",
            "qsdfghjklm", "wxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "!@#$%^&*()_+");
    /** What people write for letters. */
    private static final String SIGNS = "01345789@$!";
    private static final String MEANT = "oieastbgasi";

    private Guessable() {}

    static boolean isTriedFirst(String password) {
        String text = password.toLowerCase(Locale.ROOT);
        return isOnePiece(text) || left(withoutWords(meant(withoutWords(withoutRows(text))))) < LEFT;
    }

    /** Whether it is a piece that is shorter than a password may be, several times. */
    private static boolean isOnePiece(String text) {
        for (int length = 1; length < Passwords.MIN && length <= text.length() / 2; length++) {
            if (text.startsWith(text.substring(length))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutRows(String text) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length();) {
            int run = run(text, i);
            kept.append(run >= RUN ? " " : text.substring(i, i + 1));
            i += run >= RUN ? run : 1;
        }
        return kept.toString();
    }

    /** How far from here on it goes along a row, forwards or backwards, or is one character. */
    private static int run(String text, int from) {
        int longest = 1;
        while (from + longest < text.length() && text.charAt(from + longest) == text.charAt(from)) {
            longest++;
        }
        for (String row : ROWS) {
            for (String way : List.of(row, new StringBuilder(row).reverse().toString())) {
                int length = longest;
                while (from + length < text.length() && way.contains(text.substring(from, from + length + 1))) {
                    length++;
                }
                longest = way.contains(text.substring(from, from + length)) ? length : longest;
            }
        }
        return longest;
    }

    private static String withoutWords(String text) {
        String kept = text;
        for (String word : WORDS) {
            kept = kept.replace(word, " ");
        }
        return kept;
    }

    private static String meant(String text) {
        StringBuilder letters = new StringBuilder();
        text.chars().forEach(c -> letters.append(SIGNS.indexOf(c) < 0 ? (char) c : MEANT.charAt(SIGNS.indexOf(c))));
        return letters.toString();
    }

    private static long left(String text) {
        return text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
    }
}
