package org.azekura.client.collect;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Turns a glob into a regular expression over bytes that are read as ISO-8859-1. */
final class Glob {

    /** One character that is no slash, however many bytes of UTF-8 it has. */
    private static final String ONE = "(?:[^/\\x80-\\xff]|[\\xc2-\\xf4][\\x80-\\xbf]{1,3}|[\\x80-\\xff])";

    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;

    private Glob(String glob) {
        this.glob = new String(glob.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The whole of what it is held against must match. */
    static Pattern compile(String glob) {
        Glob translation = new Glob(glob);
        translation.translate();
        return Pattern.compile(translation.regex.toString(), Pattern.DOTALL);
    }

    private void translate() {
        while (at < glob.length()) {
            char c = glob.charAt(at);
            if (glob.startsWith("/**/", at)) {
                regex.append("/(?:.*/)?");
                at += 4;
            } else if (glob.startsWith("**", at)) {
                regex.append(".*");
                at += 2;
            } else if (c == '*') {
                regex.append("[^/]*");
                at++;
            } else if (c == '?') {
                regex.append(ONE);
                at++;
            } else if (c == '[' && glob.indexOf(']', at + 2) > 0) {
                set();
            } else {
                if (c == '\\' && at + 1 < glob.length()) {
                    c = glob.charAt(++at);
                }
                literal(c);
                at++;
            }
        }
    }

    private void set() {
        int end = glob.indexOf(']', at + 2);
        int from = at + 1;
        boolean not = glob.charAt(from) == '!' || glob.charAt(from) == '^';
        regex.append(not ? "[^/" : "[");
        for (int i = not ? from + 1 : from; i < end; i++) {
            char c = glob.charAt(i);
            regex.append(c == '-' ? "-" : "\\x%02x".formatted((int) c));
        }
        regex.append(']');
        at = end + 1;
    }

    private void literal(char c) {
        boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '/';
        regex.append(plain ? String.valueOf(c) : "\\x%02x".formatted((int) c));
    }
}
