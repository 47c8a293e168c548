package org.azekura.server.names;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.azekura.api.RawPath;
import org.azekura.api.names.FoldedName;
import org.azekura.api.names.NameQuery;

/**
 * What people type to find a file.
 *
 * @param path   whether the whole path is looked at, else its last name
 * @param pieces each is in the {@link FoldedName} of every name that it is for
 */
record NamePattern(Pattern pattern, boolean path, List<String> pieces) {

    /** @throws IllegalArgumentException for an empty one */
    static NamePattern of(String text, boolean ignoreCase) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an empty pattern finds nothing; give a name like *.pdf");
        }
        StringBuilder expression = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> expression.append(".*");
                case '?' -> expression.append('.');
                default -> expression.append(Pattern.quote(Character.toString(c)));
            }
        });
        int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return new NamePattern(Pattern.compile(expression.toString(), flags), text.indexOf('/') >= 0, pieces(text));
    }

    /** Of a path only what stands behind the last slash and the last wildcard is surely in its last name: a wildcard may stand for slashes, too. */
    private static List<String> pieces(String text) {
        int slash = text.lastIndexOf('/');
        String edged = slash < 0 ? FoldedName.EDGE + text + FoldedName.EDGE : "/" + text.substring(slash) + FoldedName.EDGE;
        List<String> parts = Arrays.asList(edged.split("[*?]", -1));
        List<String> sure = slash < 0 || parts.size() == 1 ? parts : List.of(parts.getLast());
        return sure.stream().map(FoldedName::fold).filter(part -> part.codePointCount(0, part.length()) >= NameQuery.SHORTEST).toList();
    }

    /** What is not UTF-8 counts as one unknown character each. */
    boolean matches(RawPath at, byte[] name) {
        return pattern.matcher(new String(path ? at.bytes() : name, StandardCharsets.UTF_8)).matches();
    }
}
