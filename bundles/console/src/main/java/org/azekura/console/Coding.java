package org.azekura.console;

import java.util.Locale;

/** Forms in which a text lies ready, the smaller one first. */
enum Coding {
    BROTLI("br", ".br"), GZIP("gzip", ".gz");

    private final String word;
    private final String suffix;

    Coding(String word, String suffix) {
        this.word = word;
        this.suffix = suffix;
    }

    String word() {
        return word;
    }

    String suffix() {
        return suffix;
    }

    /** Whether an {@code Accept-Encoding} header takes it (RFC 9110, 12.5.3). @param accepted null if there was none */
    boolean in(String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String one : accepted.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = one.strip().split("\\s*;\\s*");
            if (parts[0].equals(word)) {
                return parts.length < 2 || !parts[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
