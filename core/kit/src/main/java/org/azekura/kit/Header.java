package org.azekura.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Headers of bundles: clauses with attributes and directives. */
final class Header {

    /** Not within quotes, where a version range has its comma. */
    private static final String OUTSIDE = "(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";
    private static final Pattern COMMA = Pattern.compile("," + OUTSIDE);
    private static final Pattern SEMICOLON = Pattern.compile(";" + OUTSIDE);

    private Header() {}

    /** The first name of a clause, and its attributes; directives have a colon at the end of their names. */
    record Clause(String name, Map<String, String> attributes) {}

    /** @param header null for one that is not there */
    static List<Clause> clauses(String header) {
        List<Clause> clauses = new ArrayList<>();
        for (String text : header == null || header.isBlank() ? new String[0] : COMMA.split(header)) {
            String[] parts = SEMICOLON.split(text);
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                if (equals > 0) {
                    attributes.put(parts[i].substring(0, equals).strip(), unquoted(parts[i].substring(equals + 1)));
                }
            }
            clauses.add(new Clause(unquoted(parts[0]), attributes));
        }
        return clauses;
    }

    private static String unquoted(String text) {
        String bare = text.strip();
        return bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"") ? bare.substring(1, bare.length() - 1) : bare;
    }
}
