package org.azekura.server.browse;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.azekura.api.RawPath;

/**
 * What people type to find a file.
 *
 * @param path whether the whole path is looked at, else its last name
 */
record NamePattern(Pattern pattern, boolean path) {

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
        return new NamePattern(Pattern.compile(expression.toString(), flags), text.indexOf('/') >= 0);
    }

    /** What is not UTF-8 counts as one unknown character each. */
    boolean matches(RawPath at, byte[] name) {
        return pattern.matcher(new String(path ? at.bytes() : name, StandardCharsets.UTF_8)).matches();
    }
}
