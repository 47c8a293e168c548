package org.azekura.server.names;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.azekura.api.RawPath;
import org.azekura.api.names.FoldedName;
import org.azekura.api.names.NameQuery;

/**
 * What people type to find a file. A character is the same in whatever {@link FoldedName#formed} form it was typed.
 *
 * @param points     code points, and the two wildcards
 * @param ignoreCase whether they are folded
 * @param path       whether the whole path is looked at, else its last name
 * @param pieces     each is in the {@link FoldedName} of every name that it is for
 */
record NamePattern(int[] points, boolean ignoreCase, boolean path, List<String> pieces) {

    private static final int ANY = -1;
    private static final int ONE = -2;
    private static final String WILDCARDS = "(?<=[*?])|(?=[*?])";

    /** @throws IllegalArgumentException for an empty one */
    static NamePattern of(String text, boolean ignoreCase) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty pattern finds nothing; give a name like *.pdf");
        }
        int[] points = Arrays.stream(text.split(WILDCARDS)).flatMapToInt(part -> switch (part) {
            case "*" -> IntStream.of(ANY);
            case "?" -> IntStream.of(ONE);
            default -> formed(part, ignoreCase).codePoints();
        }).toArray();
        return new NamePattern(points, ignoreCase, text.indexOf('/') >= 0, pieces(text));
    }

    private static String formed(String text, boolean ignoreCase) {
        String formed = FoldedName.formed(text);
        return ignoreCase ? FoldedName.fold(formed) : formed;
    }

    /** Of a path only what stands behind the last slash and the last wildcard is surely in its last name: a wildcard may stand for slashes, too. */
    private static List<String> pieces(String text) {
        int slash = text.lastIndexOf('/');
        String edged = slash < 0 ? FoldedName.EDGE + text + FoldedName.EDGE : "/" + text.substring(slash) + FoldedName.EDGE;
        List<String> parts = Arrays.asList(edged.split("[*?]", -1));
        List<String> sure = slash < 0 || parts.size() == 1 ? parts : List.of(parts.getLast());
        return sure.stream().map(part -> formed(part, true)).filter(part -> part.codePointCount(0, part.length()) >= NameQuery.SHORTEST).toList();
    }

    /** What is not UTF-8 counts as one unknown character each. */
    boolean matches(RawPath at, byte[] name) {
        return matches(formed(new String(path ? at.bytes() : name, StandardCharsets.UTF_8), ignoreCase).codePoints().toArray());
    }

    /**
     * By hand, for anybody may ask anything: a regular expression takes for ever to look back at many wildcards, and has no stack for a long one. What
     * follows a wildcard is as good where it comes first as anywhere behind, so that only the last wildcard is ever gone back to.
     */
    private boolean matches(int[] text) {
        int any = -1;
        int from = 0;
        int at = 0;
        for (int i = 0; i < text.length;) {
            if (at < points.length && points[at] == ANY) {
                any = at++;
                from = i;
            } else if (at < points.length && (points[at] == ONE || points[at] == text[i])) {
                at++;
                i++;
            } else if (any >= 0) {
                at = any + 1;
                i = ++from;
            } else {
                return false;
            }
        }
        while (at < points.length && points[at] == ANY) {
            at++;
        }
        return at == points.length;
    }
}
